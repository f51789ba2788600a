import type { Answer } from './behaviour.ts';
import type { Json } from './body.ts';

/** Values of headers by their names in lower case, in the order in which they came. */
export type HeaderValues = Readonly<Record<string, readonly string[]>>;

/** What is given of one visitor's request and of the error that answers it; what is absent is not given. */
export interface VisitorCase {
  /** The status of the error, 100..999; rules run from 400 on. */
  readonly status: number;
  /** The code of a Cloudflare 1XXX error, such as 1020; 0 says that it is none. */
  readonly error1xxx?: number | undefined;
  readonly host?: string | undefined;
  /** As Cloudflare sees it, with a slash at the beginning; a query may follow behind `?`. */
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  readonly scheme?: 'http' | 'https' | undefined;
  readonly requestHeaders?: HeaderValues | undefined;
  readonly responseHeaders?: HeaderValues | undefined;
  /** Two letters, ISO 3166-1, as in `ip.src.country`. */
  readonly country?: string | undefined;
  /** IPv4 or IPv6. */
  readonly ip?: string | undefined;
  /** Any other field of the Rules language by its name, such as `cf.bot_management.score`, as its type wants it. */
  readonly fields?: Readonly<Record<string, Json>> | undefined;
}

/** A case with the defaults filled in: path `/`, method GET, https, and in a zone the zone's name as host. */
export interface CompleteCase extends VisitorCase {
  readonly path: string;
  readonly method: string;
  readonly scheme: 'http' | 'https';
}

/** What a visitor would get and why, with everything that a reader needs besides. */
export interface VisitorExplanation {
  readonly visitor: CompleteCase;
  /** What was not asked for and is taken for granted, in words: `path /`, `no headers`. */
  readonly assumed: readonly string[];
  /** The zone whose rules were tried; absent where an account was asked for alone. */
  readonly zone?: string;
  /** The account whose rules were tried, after those of the zone. */
  readonly account?: string;
  /** Why no account rules were tried. */
  readonly untried?: string;
  readonly answer: Answer;
  /** Where Cloudflare fetched the asset that the winner serves, if that is known. */
  readonly assetUrl?: string;
  /** How many rules behind the winner were not reached. */
  readonly later: number;
}
