import type { ApplyEvent } from '../apply/apply.ts';
import type { Clock, TransportEvent } from '../cloudflare/cloudflare.ts';

/** Told while a use case runs, so that a face can show progress. */
export type AppEvent =
  | { readonly kind: 'transport'; readonly event: TransportEvent }
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'applying'; readonly event: ApplyEvent };

/** Everything outside the program that a use case may touch; a face makes it once. */
export interface World {
  /** Absolute path of the working directory: what relative paths and content files are measured by. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The system's own clock unless a test brings another. */
  readonly clock?: Clock;
  /** Reads standard input to its end, or until there are more bytes than that. */
  readonly readStdin: (mostBytes: number) => Promise<Uint8Array>;
  /** Aborted with the signal's name (`SIGINT`, `SIGTERM`) when the user wants to stop. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: AppEvent) => void;
}
