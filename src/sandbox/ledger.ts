import type { Answer } from './answer.ts';
import type { Change } from './desk.ts';
import { loadState, type SandboxState, type SandboxStore } from './state.ts';

/** Sees the state before and after a write that was kept. */
export type Watch = (before: SandboxState, after: SandboxState) => void;

/** Holds the state and lets writes in one by one. */
export interface Ledger {
  state(): SandboxState;
  /** Runs a change when all earlier ones are stored; its answer comes after it is stored itself. */
  write(change: Change, watch?: Watch): Promise<Answer>;
  /** Runs a change and forgets what it made. */
  rehearse(change: Change): Promise<Answer>;
  /** Ends when every write that was begun is stored. */
  settle(): Promise<void>;
}

/** Opens the ledger on what the store holds; throws the problem `sandbox/state-damaged`. */
export async function openLedger(store: SandboxStore, now: () => Date): Promise<Ledger> {
  let state = await loadState(store);
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
  const keep = async (change: Change, watch?: Watch) => {
    const before = state;
    const stamp = momentAfter(before.last_write, now());
    const { answer, next } = change(before, stamp);
    if (next === undefined) return answer;
    const after = { ...next, last_write: stamp };
    await store.save(after);
    state = after;
    watch?.(before, after);
    return answer;
  };
  return {
    state: () => state,
    write: (change, watch) => inTurn(() => keep(change, watch)),
    rehearse: (change) => inTurn(async () => change(state, momentAfter(state.last_write, now())).answer),
    settle: () => inTurn(async () => undefined),
  };
}

/** Every write has a moment of its own, also under a clock that stands still: `last_updated` must move. */
function momentAfter(last: string, now: Date): string {
  return new Date(Math.max(now.getTime(), Date.parse(last) + 1)).toISOString();
}
