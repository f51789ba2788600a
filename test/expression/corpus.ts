import { readFileSync } from 'node:fs';

export interface SyntaxRow {
  readonly id: string;
  readonly expression: string;
  readonly valid: boolean;
  readonly class: string;
}

export interface EvaluationRow {
  readonly id: string;
  readonly expression: string;
  readonly cases: readonly {
    readonly context: Readonly<Record<string, unknown>>;
    readonly result: boolean;
  }[];
}

/** The rows of one of the corpora, which are kept as they came. */
function corpus<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(`../corpora/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export const syntaxRows = corpus<SyntaxRow>('syntax');
export const evaluationRows = corpus<EvaluationRow>('eval-vectors');
