import type { Imported } from '../model/imported.ts';
import { jsonText, problemJson } from './json.ts';
import type { JsonLook } from './look.ts';

/** An import for programs, by `schemas/import.schema.json`. */
export function importJson(imported: Imported, { sandbox }: JsonLook): string {
  return jsonText({
    format: 'cf-errors/import',
    version: 1,
    sandbox,
    yaml: imported.text ?? null,
    written: [...imported.written],
    proven: imported.isProven,
    renames: imported.renames,
    problems: imported.problems.map(problemJson),
  });
}
