import type { Answer } from './answer.ts';
import type { PageReader } from './pages.ts';
import type { SandboxState } from './state.ts';
import type { Switches } from './switches.ts';

/** What a write makes of the state; without `next` it changes nothing. `stamp` is its own moment, later than any other. */
export type Change = (
  state: SandboxState,
  stamp: string,
) => { readonly answer: Answer; readonly next?: SandboxState };

/** What handlers work with. */
export interface Desk {
  readonly switches: Readonly<Switches>;
  readonly readPage: PageReader;
  /** The state as it is now. */
  state(): SandboxState;
  /** Runs a change alone, and gives its answer when the new state is stored. What it throws changes nothing. */
  write(change: Change): Promise<Answer>;
}
