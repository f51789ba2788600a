import Cloudflare from 'cloudflare';

/**
 * What somebody would write first: the official SDK, one call after the other, that only fetches what a plan of all
 * zones needs. Says on stdout how much it saw.
 */
const baseURL = process.env.CLOUDFLARE_BASE_URL ?? '';
const client = new Cloudflare({ apiToken: process.env.CLOUDFLARE_API_TOKEN ?? '', baseURL });
const seen = { zones: 0, rules: 0, assets: 0 };
for await (const { id: zone_id } of client.zones.list({ per_page: 50 })) {
  const { rules = [] } = await client.rulesets.phases.get('http_custom_errors', { zone_id });
  seen.zones += 1;
  seen.rules += rules.length;
  for await (const _ of client.customPages.assets.list({ zone_id, per_page: 200 })) seen.assets += 1;
}
process.stdout.write(JSON.stringify(seen));
