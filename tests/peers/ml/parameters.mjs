/** Every parameter and alias LightGBM knows is known here, or refused by name; defaults are the same. */
import { readFileSync } from 'node:fs';
import { MlError, resolveParams } from '../../../dist/ml/index.js';

const { aliases, defaults } = JSON.parse(readFileSync(`${process.argv[2]}/parameters.json`, 'utf8'));
const ours = resolveParams({});
// Ours: binary is what this project is about; LightGBM's file formats write what training was told, not a default.
const different = new Set(['objective', 'metric', 'num_iterations', 'verbosity']);
let failed = 0;
let refused = 0;
const fail = (why) => {
  failed++;
  console.log(`FAIL ${why}`);
};
const plain = (value) => (value === true ? '1' : value === false ? '0' : String(value));
for (const [name, others] of Object.entries(aliases)) {
  const codes = [name, ...others].map((key) => {
    try {
      // A value that nothing takes: what is refused by name is refused for its name, the rest for its value.
      resolveParams({ [key]: { of: 'nothing' } });
      return 'taken';
    } catch (error) {
      return error instanceof MlError ? error.code : String(error);
    }
  });
  for (const [i, code] of codes.entries()) {
    const key = [name, ...others][i];
    if (code === 'CH801') fail(`${key} is not known here`);
    else if (code !== codes[0]) fail(`${key} is ${code}, ${name} is ${codes[0]}`);
  }
  if (codes[0] === 'CH802') refused++;
  const theirs = defaults[name];
  if (theirs === undefined || different.has(name)) continue;
  if (name in ours) {
    const mine = Array.isArray(ours[name]) ? ours[name].join(',') : plain(ours[name]);
    if (mine !== theirs && Number(mine) !== Number(theirs)) fail(`${name} is ${mine}, LightGBM's ${theirs}`);
    continue;
  }
  // LightGBM's default asks for nothing: a parameter file of its own, written out whole, is taken.
  const value = theirs === '' || Number.isNaN(Number(theirs)) ? theirs : Number(theirs);
  try {
    resolveParams({ [name]: value });
  } catch {
    try {
      resolveParams({ [name]: value === 1 });
    } catch (error) {
      fail(`${name}: ${theirs} is LightGBM's default and is refused: ${error.message}`);
    }
  }
}
console.log(
  `${Object.keys(aliases).length} parameters of LightGBM: ${refused} refused by name, the others known, defaults equal`,
);
if (failed > 0) console.log(`${failed} differences`);
process.exitCode = failed === 0 ? 0 : 1;
