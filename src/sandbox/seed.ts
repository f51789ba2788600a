import { ok } from './answer.ts';
import type { Ledger } from './ledger.ts';
import {
  makeId,
  type PlanName,
  type SandboxAccount,
  type SandboxState,
  type SandboxZone,
  type ZoneStatus,
  type ZoneType,
} from './state.ts';

/** What may be said of a new zone; absent: `enterprise`, `active`, `full`. */
export interface NewZone {
  readonly plan?: PlanName;
  readonly status?: ZoneStatus;
  readonly type?: ZoneType;
}

/** Adds an account, whose id depends on its name alone; gives the one that is there already. */
export async function addAccount(ledger: Ledger, name: string): Promise<SandboxAccount> {
  const id = makeId('account', name);
  await add(ledger, (state, created_on) =>
    state.accounts.some((one) => one.id === id)
      ? undefined
      : { ...state, accounts: [...state.accounts, { id, name, created_on }] },
  );
  return found(ledger.state().accounts, id);
}

/** Adds a zone, whose id depends on its name and account alone; gives the one that is there already. */
export async function addZone(
  ledger: Ledger,
  { name, account, ...more }: NewZone & { readonly name: string; readonly account: string },
): Promise<SandboxZone> {
  const id = makeId('zone', name, account);
  found(ledger.state().accounts, account);
  await add(ledger, (state, created_on) => {
    if (state.zones.some((one) => one.id === id)) return undefined;
    const zone = {
      plan: 'enterprise',
      status: 'active',
      type: 'full',
      ...more,
      id,
      name,
      account,
      created_on,
    } as const;
    return { ...state, zones: [...state.zones, zone] };
  });
  return found(ledger.state().zones, id);
}

async function add(
  ledger: Ledger,
  change: (state: SandboxState, stamp: string) => SandboxState | undefined,
): Promise<void> {
  await ledger.write((state, stamp) => {
    const next = change(state, stamp);
    return { answer: ok(null), ...(next === undefined ? {} : { next }) };
  });
}

function found<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const one = list.find((item) => item.id === id);
  if (one === undefined) throw new Error(`the sandbox has no account or zone ${id}`);
  return one;
}
