import type { Config } from '../../../ground/platform/config.ts';
import { normalCode, signatureOf } from '../../../ground/platform/ids.ts';

/** How a code on paper is kept: short enough to be guessed from a plain hash, so the deployment's secret is in it. */
export function paperHash({ secret }: Pick<Config, 'secret'>, code: string): string {
  return signatureOf(secret, `paper ${normalCode(code)}`);
}
