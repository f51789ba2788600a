import { type ConfigAsset, notesOf } from '../config/config.ts';
import type { DesiredAsset } from '../model/desired.ts';
import type { Report } from '../problem/problem.ts';
import { reportTwice } from './unique.ts';

/** The assets of one scope, in the order of the file. */
export function desiredAssets(assets: readonly ConfigAsset[], report: Report): DesiredAsset[] {
  const hint = 'names are unique in a zone or account: rename one of the two, or take it out';
  reportTwice(
    assets.map((asset) => asset.name),
    { code: 'config/duplicate-asset', key: 'name', hint },
    report,
  );
  for (const { url } of assets) {
    if (URL.canParse(url.value)) continue;
    const message = `"${url.value}" cannot be read as a URL`;
    report({
      code: 'config/asset-url',
      message,
      span: url.span,
      hint: 'look at its host and port',
      ...notesOf(url),
    });
  }
  return assets.map(({ origin, name, url, description }) => ({
    body: { name: name.value, url: url.value, description: description?.value ?? '' },
    origin,
  }));
}
