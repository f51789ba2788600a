import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explanationJson, planJson, problemsJson, receiptJson, testsJson } from '../../src/render/render.ts';
import { answered, doubtful, foreign, noError, ofAccount, unanswered } from './explanation.ts';
import {
  brokenReceipt,
  comparedPlan,
  doneReceipt,
  emptyPlan,
  problems,
  richPlan,
  stoppedPlan,
  visitorsPlan,
} from './fixture.ts';
import { hostileText, poisoned } from './hostile.ts';
import { foreignReport, mixedReport, passedReport } from './tests.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true });

function schema(name: string): string {
  const read = JSON.parse(
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  ) as {
    $id: string;
  };
  ajv.addSchema(read);
  return read.$id;
}

const [problem, plan, receipt, explanation, tests] = [
  'problem',
  'plan',
  'receipt',
  'explanation',
  'tests',
].map(schema);

function faults(id: string | undefined, text: string): unknown {
  const validate = ajv.getSchema(id ?? '');
  if (validate === undefined) throw new Error(`no schema ${id}`);
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

const sandbox = false;

describe('the JSON that programs read keeps to its schema', () => {
  it.each([
    ['every kind of change', plan, planJson(richPlan, { sandbox })],
    ['what changes for visitors', plan, planJson(visitorsPlan, { sandbox })],
    ['files compared with files', plan, planJson(comparedPlan, { sandbox })],
    ['nothing to do', plan, planJson(emptyPlan, { sandbox })],
    ['a stopped scope', plan, planJson(stoppedPlan, { sandbox })],
    ['a finished run', receipt, receiptJson(doneReceipt, { sandbox })],
    ['an interrupted run', receipt, receiptJson(brokenReceipt, { sandbox })],
    ['tests that failed', tests, testsJson(mixedReport, { sandbox })],
    ['tests that passed', tests, testsJson(passedReport, { sandbox })],
    ['an answer', explanation, explanationJson(answered, problems, { sandbox })],
    ['a doubtful answer', explanation, explanationJson(doubtful, [], { sandbox })],
    ['an answer of an account', explanation, explanationJson(ofAccount, [], { sandbox })],
    ['no answer', explanation, explanationJson(unanswered, [], { sandbox })],
    ['no error', explanation, explanationJson(noError, [], { sandbox })],
    ['problems', problem, problemsJson(problems, { sandbox })],
    ['no problems', problem, problemsJson([], { sandbox })],
  ])('%s', (_name, id, text) => {
    expect(faults(id, text)).toEqual([]);
  });

  it('with hostile text too', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(faults(plan, planJson(poisoned(richPlan, text), { sandbox }))).toEqual([]);
        expect(faults(receipt, receiptJson(poisoned(brokenReceipt, text), { sandbox }))).toEqual([]);
        expect(faults(explanation, explanationJson(foreign(text), problems, { sandbox }))).toEqual([]);
        expect(faults(problem, problemsJson(poisoned(problems, text), { sandbox }))).toEqual([]);
        expect(faults(tests, testsJson(foreignReport(text), { sandbox }))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a key that is not described, so that none is forgotten', () => {
    expect(faults(problem, problemsJson([], { sandbox }).replace('{', '{"more":1,'))).not.toEqual([]);
    const more = explanationJson(answered, [], { sandbox }).replace('{', '{"more":1,');
    expect(faults(explanation, more)).not.toEqual([]);
  });
});
