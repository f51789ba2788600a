import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Parses the files of a folder, one after the other, and does nothing else: what a `validate` is measured against. */
const [folder = '.'] = process.argv.slice(2);
let keys = 0;
for (const name of readdirSync(folder)) {
  keys += Object.keys(parse(readFileSync(join(folder, name), 'utf8'))).length;
}
process.stdout.write(String(keys));
