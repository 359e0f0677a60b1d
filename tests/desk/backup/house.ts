import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { listBackups } from '../../../functions/desk/backup/list-backups.ts';
import { openBackupTools } from '../../../functions/desk/backup/on-node/open-backup-tools.ts';
import type { ScheduleInput } from '../../../functions/desk/backup/schedule.ts';
import type { Config } from '../../../functions/ground/platform/config.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import type { Shop } from '../../support/shop.ts';
import { testConfig } from '../../support/test-context.ts';
import { openBusyShop } from '../verify/busy-shop.ts';

/** A busy shop whose backups lie in a folder of their own. */
export async function openShopWithBackups(
  more: Partial<Config> = {},
): Promise<Shop & { folder: string; names: () => string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-backups-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const shop = await openBusyShop();
  const config = { ...testConfig, databaseUrl: `file:${folder}/regulars.db`, ...more };
  const place = join(folder, 'backups');
  return {
    ...shop,
    ctx: { ...shop.ctx, config, backups: openBackupTools(config) },
    folder: place,
    names: () => (existsSync(place) ? readdirSync(place).toSorted() : []),
  };
}

export const daily: ScheduleInput = { every: 'day', weekday: 7, hour: 3, keep: 2, place: 'folder' };

export const newest = async (ctx: Context) => {
  const [first] = (await listBackups(ctx)).backups;
  if (first === undefined) throw new Error('there is no backup');
  return first;
};
