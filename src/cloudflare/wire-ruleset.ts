import type { Json, Rule } from '../model/body.ts';
import { type LiveRule, type LiveRuleset, noVersion } from '../model/live.ts';
import { isObject } from './envelope.ts';
import { Misfit } from './misfit.ts';
import { readRule, versionText, type WireRule, writeRule } from './wire-rule.ts';

/** An entry point that does not exist yet. */
export const absentRuleset: LiveRuleset = { id: '', version: noVersion, rules: [], raw: null };

/** Reads an entry point; throws `Misfit` with every reason, since what cannot be read must not be written over. */
export function readRuleset(json: Json): LiveRuleset {
  if (!isObject(json)) throw new Misfit('"result" is not a rule list');
  const version = versionText(json.version);
  if (version === undefined) throw new Misfit('the rule list has no version in digits');
  const { description } = json;
  return {
    id: typeof json.id === 'string' ? json.id : '',
    version,
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    rules: readRules(json.rules ?? []),
    raw: json,
  };
}

function readRules(json: Json): readonly LiveRule[] {
  if (!Array.isArray(json)) throw new Misfit('"rules" is not a list');
  const rules: LiveRule[] = [];
  const reasons: string[] = [];
  for (const [index, one] of json.entries()) {
    try {
      rules.push(readRule(one, index + 1));
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      reasons.push(...error.reasons);
    }
  }
  if (reasons.length > 0) throw new Misfit(...reasons);
  return rules;
}

/** The body of an entry point PUT. */
export type WireRuleset = { readonly description?: string; readonly rules: readonly WireRule[] };

/** The body of an entry point PUT: never `id`, `version`, `logging`, `kind`, `phase` or `name`. */
export function writeRuleset(description: string | undefined, rules: readonly Rule[]): WireRuleset {
  return {
    ...(description === undefined || description === '' ? {} : { description }),
    rules: rules.map(writeRule),
  };
}
