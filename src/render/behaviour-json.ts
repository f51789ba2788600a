import type { KnownSight, RuleName, Seen, VisitorChanges, VisitorCondition } from '../model/behaviour.ts';

/** What changes for visitors, as programs read it. */
export function behaviourJson({ lists, rows, leftOut, isComplete }: VisitorChanges): object {
  return {
    lists,
    rows: rows.map(({ words, status, conditions, before, after, differences }) => ({
      words,
      status,
      conditions: conditions.map(conditionJson),
      before: seenJson(before),
      after: seenJson(after),
      differences: differences.map((one) => ({
        kind: one.kind,
        after: 'after' in one ? one.after : undefined,
      })),
    })),
    left_out: leftOut,
    is_complete: isComplete,
  };
}

function conditionJson(condition: VisitorCondition): object {
  const { kind } = condition;
  if (kind === 'part') return { kind, text: condition.text, holds: condition.holds };
  if (kind !== 'field') return { kind, ...nameJson(condition.rule) };
  return { kind, field: condition.field, values: condition.values, is_not: condition.isNot };
}

function seenJson(seen: Seen): object {
  if (seen.kind !== 'unknown') return sightJson(seen);
  return { kind: seen.kind, candidates: seen.candidates.map(sightJson), decided_by: seen.decidedBy };
}

function sightJson(sight: KnownSight): object {
  return sight.kind === 'none' ? { kind: sight.kind } : { kind: sight.kind, ...nameJson(sight) };
}

function nameJson({ scope, ref, position }: RuleName): object {
  return { scope, ref, position };
}
