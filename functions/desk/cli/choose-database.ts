import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Identity } from '../../ground/identity/identity.ts';
import type { Config } from '../../ground/platform/config.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { House } from '../../ground/room.ts';
import { isDemo } from '../demo/is-demo.ts';
import { isEmpty, isUnused } from '../demo/is-empty.ts';
import { contextOver, prepare } from './context.ts';
import { type DatabasePlace, openDatabase } from './database.ts';
import type { Io } from './io.ts';

/** A database and the settings that lead to it. */
export interface DatabaseSettings {
  config: Config;
  place: DatabasePlace;
}

/** What `serve` has at hand. */
export interface ServeCall {
  io: Io;
  defaults: Identity;
  house: House;
}

/**
 * The own database, made ready; while it is a file in which nothing is, the demo beside it, which is loaded when it is
 * new. A server's database is always served as it is.
 */
export async function chooseDatabase(own: DatabaseSettings, call: ServeCall): Promise<DatabaseSettings> {
  const { config, place } = own;
  if (place.kind !== 'file' || !config.isDemo) return own;
  if (existsSync(place.path) && !(await withDatabase(own, call, isUnused))) return own;
  const path = join(dirname(place.path), 'demo.db');
  const demo: DatabaseSettings = {
    config: { ...config, databaseUrl: `file:${path}` },
    place: { kind: 'file', path },
  };
  const loading = `${path}.loading`;
  if (existsSync(loading)) for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  return (await withDatabase(demo, call, (ctx) => holdsDemo(ctx, { io: call.io, loading }))) ? demo : own;
}

/** Opens a database for some work, brought to this release, and closes it afterwards. */
export async function withDatabase<Result>(
  { config, place }: DatabaseSettings,
  { defaults, house }: ServeCall,
  work: (ctx: Context) => Promise<Result>,
): Promise<Result> {
  const db = await openDatabase(place, config.databaseAuthToken);
  try {
    await prepare(db, place);
    return await work(contextOver(db, { config, defaults, house }));
  } finally {
    db.close();
  }
}

/**
 * Whether the file holds the demo, or does now: another file of that name is left alone. A file beside it says that it is
 * being loaded, so that one that was cut short is loaded anew.
 */
async function holdsDemo(ctx: Context, { io, loading }: { io: Io; loading: string }): Promise<boolean> {
  if (await isEmpty(ctx)) {
    const { loadDemo } = await import('../demo/load-demo.ts');
    io.note('Loading the demo business …');
    writeFileSync(loading, '');
    await loadDemo(ctx);
    rmSync(loading);
  }
  return isDemo(ctx);
}
