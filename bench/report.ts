import { availableParallelism, loadavg } from 'node:os';

/** One line of the result. */
export interface Row {
  readonly what: string;
  readonly value: string;
  /** Absent where nothing is aimed at. */
  readonly aim?: string;
  readonly isMet?: boolean;
}

/** The middle of a list of numbers; of an even number of them, the lower one of the middle two. */
export function median(numbers: readonly number[]): number {
  const middle = numbers.toSorted((a, b) => a - b)[(numbers.length - 1) >> 1];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/** A row for a number that should be at most `most`. */
export function atMost(what: string, number: number, { most, unit }: { most: number; unit: string }): Row {
  const digits = number < 1 ? 3 : number < 10 ? 2 : 0;
  return {
    what,
    value: `${number.toFixed(digits)} ${unit}`,
    aim: `≤ ${most} ${unit}`,
    isMet: number <= most,
  };
}

/** A row for a whole number that should be at least `least`. */
export function atLeast(what: string, number: number, least: number): Row {
  const words = (count: number): string => Math.floor(count).toLocaleString('en');
  return { what, value: words(number), aim: `≥ ${words(least)}`, isMet: number >= least };
}

const head = ['what', 'measured', 'aim', ''] as const;

/** The rows as an aligned table for a terminal. */
export function terminalTable(rows: readonly Row[]): string {
  const lines = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

const [loadAtStart = 0] = loadavg();

/** What it was measured on, and how busy that was with other things (the load average as the run began). */
export function machine(): string {
  const { platform, arch, versions } = process;
  const cores = availableParallelism();
  return `Node ${versions.node} on ${platform} ${arch}, ${cores} cores, load ${loadAtStart.toFixed(1)} at the start`;
}

/** The rows as `bench/results.md`. */
export function resultsDocument(rows: readonly Row[]): string {
  const lines = [head, ['---', '---:', '---:', '---'], ...rows.map(cells)];
  return `<!-- Written by "npm run bench". -->
# Results

${machine()}; ${new Date().toISOString().slice(0, 10)}.
What is measured, and why, is told in [README.md](README.md).

${lines.map((line) => `| ${line.join(' | ')} |\n`).join('')}`;
}

function cells({ what, value, aim = '', isMet }: Row): readonly string[] {
  return [what, value, aim, isMet === undefined ? '' : isMet ? 'met' : 'MISSED'];
}
