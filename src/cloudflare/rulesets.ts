import type { Rule } from '../model/body.ts';
import type { RemoteReader, RemoteWriter } from '../model/remote.ts';
import { read, write } from './ask.ts';
import { scopeCall } from './scope-call.ts';
import type { Transport } from './transport.ts';
import { absentRuleset, readRuleset, writeRuleset } from './wire-ruleset.ts';

/** Reads entry points. */
export function rulesetReader(transport: Transport): Pick<RemoteReader, 'readRuleset'> {
  return {
    readRuleset: (scope) =>
      read(transport, {
        call: scopeCall(scope, 'rules', { doing: 'reading the rules', method: 'GET' }),
        understand: readRuleset,
        missing: () => absentRuleset,
      }),
  };
}

/** Writes entry points, whole lists only. */
export function rulesetWriter(transport: Transport): Pick<RemoteWriter, 'putRuleset'> {
  return {
    putRuleset: (scope, description, rules) =>
      write(transport, {
        call: scopeCall(scope, 'rules', {
          doing: 'writing the rules',
          method: 'PUT',
          body: writeRuleset(description, rules),
          locate: (pointer) => ruleAt(pointer, rules),
        }),
        understand: readRuleset,
      }),
  };
}

function ruleAt(pointer: string, rules: readonly Rule[]): string | undefined {
  const index = /^\/rules\/(\d+)(?:\/|$)/.exec(pointer)?.[1];
  const rule = index === undefined ? undefined : rules[Number(index)];
  return rule === undefined ? undefined : `rule "${rule.ref}"`;
}
