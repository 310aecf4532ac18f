#!/usr/bin/env node
/**
 * The entry of the command line. Version and help are answered from text that the build wrote, at Node's own
 * speed; everything else loads the bundle.
 */
'use strict';

const { readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');

const argv = process.argv.slice(2);

if (!answerFromText()) {
  import('../dist/cli/main.js').then(
    ({ main }) =>
      main({
        argv,
        cwd: process.cwd(),
        env: process.env,
        stdin: process.stdin,
        stdout: process.stdout,
        stderr: process.stderr,
      })
        // Pipes are written in the background: what is still under way must arrive before the process ends.
        .then((code) =>
          Promise.all([process.stdout, process.stderr].map(drained)).then(() => process.exit(code)),
        ),
    (error) => {
      const missing = error.code === 'ERR_MODULE_NOT_FOUND';
      process.stderr.write(
        missing ? `churn is not built or not installed whole: ${error.message}\n` : `${error.stack}\n`,
      );
      process.exit(3);
    },
  );
}

function drained(stream) {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) return resolve();
    stream.once('error', resolve);
    stream.write('', () => resolve());
  });
}

/** `--version`, `--help` and `<command> --help`; false when the line asks for anything else. */
function answerFromText() {
  if (argv.length > 2 || (argv.length === 2 && !isHelp(argv[1]) && argv[0] !== 'help')) return false;
  const first = argv[0] ?? '--help';
  if (argv.length < 2 && (first === '--version' || first === '-V')) return print(`${version()}\n`);
  const topic =
    argv.length === 2
      ? argv[0] === 'help'
        ? argv[1]
        : argv[0]
      : isHelp(first) || first === 'help'
        ? ''
        : undefined;
  if (topic === undefined) return false;
  try {
    const text = JSON.parse(readFileSync(join(__dirname, '../dist/cli/help.json'), 'utf8'))[topic];
    return text !== undefined && print(text);
  } catch {
    return false;
  }
}

function isHelp(word) {
  return word === '--help' || word === '-h';
}

function version() {
  return JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')).version;
}

function print(text) {
  try {
    writeSync(1, text);
  } catch (error) {
    if (error.code !== 'EPIPE') throw error;
  }
  return true;
}
