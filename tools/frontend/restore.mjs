// For maintainers: `node restore.mjs` refreshes wwwroot/lib from the pinned packages; `node restore.mjs --verify` needs no network.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { execFileSync } from 'node:child_process';

const here = import.meta.dirname;
const lib = path.resolve(here, '../../src/Platform/TcCrm.Ui/wwwroot/lib');
const manifestFile = path.join(lib, 'manifest.json');
const noticesFile = path.join(lib, 'THIRD-PARTY-NOTICES.txt');
const modules = path.join(here, 'node_modules');

const integrity = bytes => 'sha384-' + crypto.createHash('sha384').update(bytes).digest('base64');
const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));

function verify() {
  const { files } = readJson(manifestFile);
  const known = new Set([...files.map(each => each.file), 'manifest.json', 'THIRD-PARTY-NOTICES.txt']);
  const changed = files.filter(each => integrity(fs.readFileSync(path.join(lib, each.file))) !== each.integrity).map(each => `changed: ${each.file}`);
  const unlisted = fs.readdirSync(lib).filter(file => !known.has(file)).map(file => `unlisted: ${file}`);
  const problems = [...changed, ...unlisted];
  console.log(problems.length ? problems.join('\n') : `${files.length} files as listed`);
  process.exit(problems.length ? 1 : 0);
}

function restore() {
  // npm checks the sha512 of each tarball against package-lock.json.
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
  const lock = readJson(path.join(here, 'package-lock.json')).packages;
  const libs = readJson(path.join(here, 'libs.json'));
  fs.rmSync(lib, { recursive: true, force: true });
  fs.mkdirSync(lib, { recursive: true });
  const files = [...libs.join.map(each => join(each, lock)), sprite(libs.icons, lock)];
  fs.writeFileSync(manifestFile, JSON.stringify({ files }, null, 2) + '\n');
  fs.writeFileSync(noticesFile, notices(files.flatMap(each => each.sources)));
  console.table(files.map(({ file, bytes, brotli }) => ({ file, bytes, brotli })));
}

// htmx 4 starts by setTimeout when it is deferred: an extension in a second deferred file can miss the start. One file cannot.
function join({ to, load, parts }, lock) {
  const sources = [...new Set(parts.map(part => part.package))].map(name => source(name, lock));
  const banner = `/*! ${sources.map(each => `${each.package}@${each.version} (${each.license})`).join(', ')} */\n`;
  const bodies = parts.map(part => fs.readFileSync(path.join(modules, part.package, part.from), 'utf8') + '\n');
  return write(to, banner + bodies.join(''), { kind: 'joined', from: parts.map(part => part.from).join(' + '), load, sources });
}

function sprite(icons, lock) {
  const names = fs.readFileSync(path.join(here, icons.list), 'utf8').trim().split(/\s+/);
  const symbols = names.map(name => symbol(name, icons));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons, MIT -->\n${symbols.join('\n')}\n</svg>\n`;
  return write(icons.to, svg, { kind: 'subset', from: `${names.length} of icons/outline`, load: icons.load, sources: [source(icons.package, lock)] });
}

function symbol(name, icons) {
  const shapes = fs.readFileSync(path.join(modules, icons.package, 'icons/outline', name + '.svg'), 'utf8')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
    .replace(/\s*\n\s*/g, '')
    .replace(/ \/>/g, '/>');
  const look = `fill="none" stroke="currentColor" stroke-width="${icons.stroke}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<symbol id="${name}" viewBox="0 0 24 24" ${look}>${shapes}</symbol>`;
}

function write(file, text, more) {
  const bytes = Buffer.from(text);
  fs.writeFileSync(path.join(lib, file), bytes);
  return { file, bytes: bytes.length, brotli: zlib.brotliCompressSync(bytes).length, integrity: integrity(bytes), ...more };
}

function source(name, lock) {
  const { version, license, integrity: tarball } = lock['node_modules/' + name];
  return { package: name, version, license, tarball };
}

function notices(sources) {
  const line = '-'.repeat(72);
  return [...new Map(sources.map(each => [each.package, each])).values()].map(each => {
    const folder = path.join(modules, each.package);
    const licence = fs.readdirSync(folder).find(file => /^licen[cs]e/i.test(file));
    return `${each.package} ${each.version} (${each.license})\n\n${fs.readFileSync(path.join(folder, licence), 'utf8').trim()}\n`;
  }).join(`\n${line}\n\n`);
}

if (process.argv.includes('--verify')) verify();
else restore();
