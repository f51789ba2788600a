import type { Change } from '../model/plan.ts';
import type { Receipt, ScopeReceipt } from '../model/receipt.ts';
import { jsonText, problemJson, scopeJson } from './json.ts';
import type { JsonLook } from './look.ts';
import { receiptProblems } from './receipt-words.ts';

/** A receipt for programs, by `schemas/receipt.schema.json`; the digests tell which change of the plan each line means. */
export function receiptJson(receipt: Receipt, { sandbox }: JsonLook): string {
  return jsonText({
    format: 'cf-errors/receipt',
    version: 1,
    sandbox,
    target: receipt.target,
    fingerprint: receipt.fingerprint,
    interrupted: receipt.interrupted,
    scopes: receipt.scopes.map(scopeReceiptJson),
    problems: receiptProblems(receipt).map(problemJson),
  });
}

function scopeReceiptJson({ scope, outcome, changes, backup, versions }: ScopeReceipt): object {
  return {
    ...scopeJson(scope),
    outcome,
    changes: changes.map(({ change, outcome: became, reason, wrote }) => ({
      kind: change.kind,
      digest: change.digest,
      asset_name: assetName(change),
      outcome: became,
      reason,
      wrote,
    })),
    backup,
    ruleset_versions: versions && { from: versions.from, to: versions.to },
  };
}

function assetName(change: Change): string | undefined {
  if (change.kind === 'ruleset-update') return undefined;
  return change.kind === 'asset-delete' ? change.live.name : change.asset.name;
}
