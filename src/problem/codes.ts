import { actionCodes } from './codes/action.ts';
import { appCodes } from './codes/app.ts';
import { applyCodes } from './codes/apply.ts';
import { behaviourCodes } from './codes/behaviour.ts';
import { cliCodes } from './codes/cli.ts';
import { cloudflareCodes } from './codes/cloudflare.ts';
import { configCodes } from './codes/config.ts';
import { expressionCodes } from './codes/expression.ts';
import { importCodes } from './codes/import.ts';
import { lintCodes } from './codes/lint.ts';
import { planCodes } from './codes/plan.ts';
import { sandboxCodes } from './codes/sandbox.ts';
import type { CodeEntry } from './entry.ts';

/**
 * The closed table of problem codes, `room/what-is-wrong`. Codes are public API: one is never given a new
 * meaning. `docs/problems.md` is generated from this table.
 */
export const codes = {
  ...configCodes,
  ...expressionCodes,
  ...lintCodes,
  ...behaviourCodes,
  ...cloudflareCodes,
  ...planCodes,
  ...applyCodes,
  ...importCodes,
  ...appCodes,
  ...sandboxCodes,
  ...cliCodes,
  ...actionCodes,
} as const;

export type ProblemCode = keyof typeof codes;

/** Why an ignore comment may silence a code; undefined where none may. */
export function kindOf(code: ProblemCode): CodeEntry['kind'] {
  const entry: CodeEntry = codes[code];
  return entry.kind;
}

/** True for a text that names a code of the table, as `--allow` must. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(codes, text);
}
