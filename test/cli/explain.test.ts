import { describe, expect, it } from 'vitest';
import { user } from './user.ts';

const file = `version: 1
zones:
  example.com:
    account: Acme Inc
    rules:
      - ref: german
        expression: http.response.code eq 503 and ip.src.country eq "DE"
        content_type: text/plain
        content: Bald zurück.
      - ref: shop
        expression: http.host eq "shop.example.com" and any(http.request.headers["accept"][*] contains "json")
        content_type: application/json
        content: '{}'
      - ref: bots
        expression: http.response.code eq 429 and cf.bot_management.score lt 30
        content_type: text/plain
        content: Slow down.
  bare.com:
    assets: []
accounts:
  Acme Inc:
    rules:
      - ref: denied
        expression: cf.response.1xxx_code eq 1020
        content_type: text/plain
        content: Denied.
        status_code: 530
`;

const files = { 'custom-errors.yaml': file };
const zone = '--zone example.com';

/** What is asked, and what the answer must say. */
const answers: readonly (readonly [string, RegExp])[] = [
  [
    `${zone} --status 503 --country de`,
    /^503 on example.com, GET \/, from DE\n[\s\S]*✓ Zone rule 1, german, answers\n/,
  ],
  [
    `${zone} --status 503 --country FR`,
    /– No rule answers\n[\s\S]*ip.src.country eq "DE" is false: ip.src.country is "FR"/,
  ],
  [`${zone} --status 503`, /\? It cannot be told[\s\S]*german: ip.src.country is not given: --country\n/],
  [
    `${zone} --status 500 --host shop.example.com --header Accept=text/html --header accept=application/json`,
    /^500 on shop.example.com, GET \/, with accept: text\/html, application\/json\n[\s\S]*✓ Zone rule 2, shop/,
  ],
  [
    `${zone} --status 403 --1xxx 1020`,
    /^403 \(1020\) on[\s\S]*✓ Account rule 1, denied, answers\n {2}status 530, text\/plain, 7 bytes\n {2}Denied.\n/,
  ],
  [
    `${zone} --status 429 --field cf.bot_management.score=3 --method post`,
    /^429 on example.com, POST \/, cf.*\n[\s\S]*✓ Zone rule 3, bots/,
  ],
  [
    '--account ACME&INC --status 403 --1xxx 1020',
    /^403 \(1020\) in account Acme Inc, GET \/\n[\s\S]*✓ Account rule 1, denied/,
  ],
  [`${zone} --status 204`, /– No rule answers: rules run for statuses from 400 on\n/],
  [`${zone} --status 404 --sandbox`, /^SANDBOX[\s\S]*– No rule answers/],
];

const mistakes: readonly (readonly [string, RegExp])[] = [
  ['--status 503', /no zone or account is named \[cli\/usage\]/],
  [`${zone} --account a --status 503`, /more than one zone or account is named/],
  [zone, /required option '--status <code>' not specified/],
  [`${zone} --status 1000`, /'1000' is invalid.*\n.*it must be a number from 100 to 999/],
  [`${zone} --status 503 --1xxx 503`, /'503' is invalid.*\n.*from 1000 to 1999/],
  [
    `${zone} --status 503 --ip 192.0.2.0/24`,
    /^error: "192.0.2.0\/24" is no IP address \[app\/bad-field\]\n.*192.0.2.1 or 2001/,
  ],
  [`${zone} --status 503 --header accept:x`, /'accept:x' is invalid.*\n.*accept=text\/html/],
  [`${zone} --status 503 --host https://a`, /'https:\/\/a' is invalid.*\n.*a host name alone/],
  [`${zone} --status 503 --path a`, /'a' is invalid.*\n.*begin with a slash/],
  [`${zone} --status 503 --country Germany`, /'Germany' is invalid.*\n.*two letters/],
  [
    `${zone} --status 503 --field http.hots=a`,
    /unknown field "http.hots" \[app\/bad-field\]\n.*did you mean "http.host"/,
  ],
  [`${zone} --status 503 --live -c .`, /--config and --live exclude each other/],
  [`${zone} --status 503 --live`, /no Cloudflare credentials/],
  ['--zone other.com --status 503', /--zone other.com is not in the configuration/],
  [
    '--zone bare.com --status 503',
    /^custom-errors.yaml:18:3 error: .*app\/rules-not-claimed[\s\S]*--live\n$/,
  ],
];

function words(line: string): readonly string[] {
  return ['explain', ...line.split(' ').map((word) => word.replace('&', ' '))];
}

describe('cf-errors explain', () => {
  it.for(answers)('%s', async ([line, said]) => {
    const { stdout, stderr, code } = await user(files).run(words(line));
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(said);
  });

  it.for(mistakes)('%s: 1', async ([line, said]) => {
    const { stdout, stderr, code } = await user(files).run(words(line));
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toMatch(said);
  });
});
