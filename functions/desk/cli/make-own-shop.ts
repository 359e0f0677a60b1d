import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderBeside } from '../../ground/files/folder.ts';
import type { Config } from '../../ground/platform/config.ts';
import { assert } from '../../ground/platform/errors.ts';
import { makeOwnerLink, newOwnerLink } from '../../people/sign-in/make-owner-link.ts';
import { setAside } from '../backup/set-aside.ts';
import { markAsOwnShop } from '../demo/begin-own-shop.ts';
import { type DatabaseSettings, type ServeCall, withDatabase } from './choose-database.ts';
import { openDatabase } from './database.ts';

export interface OwnShopMade {
  config: Config;
  /** Null when the own shop has an owner. */
  ownerLink: string | null;
  /** To be called once the demo's database is closed. */
  takePlace: () => Promise<void>;
}

/**
 * Makes the own shop's database, and says how it takes the demo's place. Where the demo lies in the own shop's file, as
 * it did in former releases, it is moved to the first free one of `demo.db`, `demo-2.db` and so on.
 */
export async function makeOwnShop(
  { own, demo }: { own: DatabaseSettings; demo: DatabaseSettings },
  call: ServeCall,
): Promise<OwnShopMade> {
  assert(own.place.kind === 'file' && demo.place.kind === 'file', 'a demo that is served lies in a file');
  const { path } = own.place;
  const { config } = own;
  const tell = (kept: string, link: string | null) => {
    call.io.note(`Your own shop is served from ${path} now; the demo is kept in ${kept}.`);
    if (link !== null) call.io.note(ownerLine(link));
  };
  const begin = (made = newOwnerLink(config, Date.now())) =>
    withDatabase(own, call, async (ctx) => {
      await markAsOwnShop(ctx);
      return makeOwnerLink(ctx, made);
    });
  if (demo.place.path !== path) {
    const { path: kept } = demo.place;
    const ownerLink = await begin();
    return { config, ownerLink, takePlace: async () => tell(kept, ownerLink) };
  }
  const made = newOwnerLink(config, Date.now());
  return {
    config,
    ownerLink: made.link,
    takePlace: async () => {
      const kept = freeName(dirname(path));
      await moveDemo(own, kept);
      tell(kept, await begin(made));
    },
  };
}

export const ownerLine = (link: string) =>
  `No owner yet. To become the owner, open this link; it works once, within 24 hours: ${link}`;

const fileFolders = ['attachments', 'imports'] as const;

/** With the files that were sent to it. */
async function moveDemo({ config, place }: DatabaseSettings, kept: string): Promise<void> {
  assert(place.kind === 'file', 'a demo that is served lies in a file');
  const db = await openDatabase(place, config.databaseAuthToken);
  try {
    await setAside(db, kept);
  } finally {
    db.close();
  }
  for (const name of fileFolders) {
    const files = folderBeside(place.path, name);
    if (existsSync(files)) renameSync(files, folderBeside(kept, name));
  }
}

function freeName(folder: string): string {
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? 'demo.db' : `demo-${count}.db`);
    if ([path, ...fileFolders.map((name) => folderBeside(path, name))].every((one) => !existsSync(one)))
      return path;
  }
}
