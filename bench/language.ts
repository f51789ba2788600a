import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRules, checkExpression, lex } from '../src/index.ts';
import { atLeast, atMost, type Row } from './report.ts';

/** Cloudflare takes no longer expression. */
const longest = 4096;

/** What the Rules language takes: checking, whatever the text, and the analysis of a whole list. */
export function speakingTheLanguage(): readonly Row[] {
  return [checking(), ...growing(), ...analysing()];
}

/** The corpus of the tests: some valid, some broken, from 3 to 4,096 characters. */
function checking(): Row {
  const text = readFileSync(join(import.meta.dirname, '../test/corpora/syntax.jsonl'), 'utf8');
  const expressions = text
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line).expression);
  const seconds = least(15, () => {
    for (const expression of expressions) checkExpression(expression);
  });
  return atLeast('expressions checked per second', expressions.length / seconds, 20_000);
}

/** A text of any length, made of one part again and again. */
const texts: Readonly<Record<string, (length: number) => string>> = {
  'and ': repeated('ssl', ' and ssl', ''),
  'levels of brackets': (length) => sideBySide(`${'('.repeat(127)}ssl${')'.repeat(127)}`, length),
  'levels of not': (length) => sideBySide(`${'not '.repeat(127)}ssl`, length),
  'levels of calls': (length) =>
    sideBySide(`${'lower('.repeat(127)}http.host${')'.repeat(127)} eq "a"`, length),
  'brackets that stay open': repeated('', '(', ''),
  'unknown names': repeated('ssl', ' or http.request.uri.pth', ''),
  'a set of numbers': repeated('http.response.code in {', '404 ', '}'),
  'a set of strings': repeated('http.host in {', '"a" ', '}'),
  'a set of networks': repeated('ip.src in {', '2001:db8::/32 ', '}'),
  'a string without an end': repeated('http.host eq "', '\\"', ''),
  'a regular expression': repeated('http.host matches "', '(a|b)*', '"'),
  'classes of a regular expression': repeated('http.host matches "', '[[:alpha:]]', '"'),
  'a wildcard': repeated('http.host wildcard "', 'a*', '"'),
  arguments: repeated('concat(http.host', ', http.host', ') eq "a"'),
  comments: repeated('ssl', '# a\n', ''),
  tabs: repeated('ssl', '\t', 'and ssl'),
  'minus signs': repeated('http.response.code eq ', '-', ''),
  quotes: repeated('', '"', ''),
};

function repeated(head: string, part: string, tail: string): (length: number) => string {
  return (length) =>
    head + part.repeat(Math.floor((length - head.length - tail.length) / part.length)) + tail;
}

function sideBySide(part: string, length: number): string {
  const joint = ' or ';
  return Array(Math.max(1, Math.floor((length + joint.length) / (part.length + joint.length))))
    .fill(part)
    .join(joint);
}

/** Twice the text should take twice the time, however it is made. */
function growing(): readonly Row[] {
  const measured = Object.entries(texts).map(([what, make]) => {
    const [half, whole] = [make(longest / 2), make(longest)].map((text) =>
      least(25, () => {
        lex(text);
        checkExpression(text);
      }),
    );
    return { what, whole: whole ?? 0, ratio: (whole ?? 0) / (half ?? 1) };
  });
  const slowest = measured.toSorted((one, other) => other.whole - one.whole)[0];
  const steepest = measured.toSorted((one, other) => other.ratio - one.ratio)[0];
  if (slowest === undefined || steepest === undefined) throw new Error('nothing was measured');
  return [
    atMost(`4,096 characters / 2,048 (${steepest.what})`, steepest.ratio, { most: 3, unit: '×' }),
    { what: `slowest 4,096 characters (${slowest.what})`, value: `${(slowest.whole * 1000).toFixed(1)} ms` },
  ];
}

/** One rule of a list, by its number. */
const rules: Readonly<Record<string, (at: number) => string>> = {
  'path prefixes': (at) => `http.response.code ge 500 and starts_with(http.request.uri.path, "/area-${at}/")`,
  'hosts and statuses': (at) =>
    `http.response.code eq ${400 + (at % 150)} and http.host eq "shop-${at % 17}.example.com"`,
  wildcards: (at) =>
    `http.host wildcard "*.shop${at}.example.com" and http.response.code in {500..5${10 + (at % 80)}}`,
  headers: (at) =>
    `any(http.request.headers["accept"][*] contains "type-${at}") and http.response.code eq ${500 + (at % 30)}`,
  'regular expressions': (at) =>
    `http.request.uri.path matches "^/area-${at}/[0-9]+$" and http.response.code ge 500`,
  alternatives: (at) =>
    `(http.host eq "a${at}" or http.host eq "b${at}") and (starts_with(http.request.uri.path, "/c${at}") or ssl)`,
};

function analysing(): readonly Row[] {
  return Object.entries(rules).map(([what, rule]) => {
    const list = Array.from({ length: 300 }, (_, at) => rule(at));
    const seconds = least(7, () => analyseRules(list));
    return atMost(`analysis of 300 rules: ${what}`, seconds * 1000, { most: 100, unit: 'ms' });
  });
}

/** The shortest of some runs in seconds: whatever disturbs a run makes it longer. */
function least(runs: number, work: () => void): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - began);
  }
  return shortest / 1000;
}
