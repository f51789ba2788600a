import type { Change, RuleChange, RulesetUpdate } from '../model/plan.ts';
import { assetJson, liveAssetJson, ruleJson, spanJson } from './json.ts';

/** A change with its digest, the bodies of both sides as far as they exist, and its place in the file. */
export function changeJson(change: Change): object {
  const { kind, digest } = change;
  switch (change.kind) {
    case 'asset-create':
      return { kind, digest, after: assetJson(change.asset), origin: spanJson(change.origin.item) };
    case 'asset-update':
      return {
        kind,
        digest,
        ...assetSides(change),
        edits: change.edits,
        origin: spanJson(change.origin.item),
      };
    case 'asset-refresh':
      return { kind, digest, ...assetSides(change), origin: spanJson(change.origin.item) };
    case 'asset-delete':
      return { kind, digest, before: liveAssetJson(change.live), origin: spanJson(change.origin) };
    case 'ruleset-update':
      return rulesetJson(change);
  }
}

function assetSides({
  live,
  asset,
}: Pick<Extract<Change, { kind: 'asset-update' }>, 'live' | 'asset'>): object {
  return { before: liveAssetJson(live), after: assetJson(asset) };
}

/** `order` is the whole list after the write: what is not among the changes stays as it is. */
function rulesetJson({ kind, digest, rules, body, origin }: RulesetUpdate): object {
  return {
    kind,
    digest,
    rules: rules.map(ruleChangeJson),
    order: body.rules.map(({ rule }) => rule.ref),
    origin: spanJson(origin),
  };
}

function ruleChangeJson(change: RuleChange): object {
  const { kind } = change;
  switch (change.kind) {
    case 'add':
      return {
        kind,
        position: change.position,
        after: ruleJson(change.rule),
        origin: spanJson(change.origin.item),
      };
    case 'remove':
      return { kind, position: change.position, before: liveJson(change) };
    case 'edit': {
      const { position, edits } = change;
      return { kind, position, ...ruleSides(change), edits, origin: spanJson(change.origin.item) };
    }
    case 'move':
    case 'rename': {
      const { from, to } = change;
      return { kind, from, to, ...ruleSides(change), origin: spanJson(change.origin.item) };
    }
  }
}

function ruleSides(change: Exclude<RuleChange, { kind: 'add' | 'remove' }>): object {
  return { before: liveJson(change), after: ruleJson(change.rule) };
}

function liveJson({ live }: Exclude<RuleChange, { kind: 'add' }>): object {
  return { id: live.id, version: live.version, ...ruleJson(live) };
}
