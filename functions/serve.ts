import { getLogger } from '@logtape/logtape';
import { openEmbedded } from '../db/embedded.ts';
import { openRemote } from '../db/remote.ts';
import type { Store } from '../db/store.ts';
import { openBackupTools } from './desk/backup/on-node/open-backup-tools.ts';
import { openLargeFolder } from './ground/files/large-folder.ts';
import { openFiles } from './ground/files/open-files.ts';
import type { Identity } from './ground/identity/identity.ts';
import { startSchedule } from './ground/jobs/schedule.ts';
import { createMailWaker } from './ground/outbox/mail-waker.ts';
import { createAccountQueue } from './ground/platform/account-queue.ts';
import { createCaches } from './ground/platform/caches.ts';
import type { Config } from './ground/platform/config.ts';
import type { Context, OwnShop, Runtime } from './ground/platform/context.ts';
import { reasonOf } from './ground/platform/reason-of.ts';
import { createHitCounter } from './insight/hits/hit-counter.ts';
import { createLookBook } from './people/looks/look-book.ts';
import { deliverMail } from './people/mail/deliver-mail.ts';
import { house } from './rooms.ts';

/** One process's database, schedule and mail, behind whatever serves requests; `ownShop` where they are a demo's. */
export function openNode(config: Config, defaults: Identity, ownShop?: OwnShop) {
  const log = getLogger(['regulars']);
  let isEnding = false;
  const looks = createLookBook();
  const runtime: Runtime = {
    house,
    defaults,
    config,
    log,
    now: Date.now,
    queue: createAccountQueue(),
    cache: createCaches(),
    files: openFiles(config),
    largeFiles: openLargeFolder(config),
    looks,
    backups: openBackupTools(config),
    isEnding: () => isEnding,
    ...(ownShop === undefined ? {} : { ownShop }),
  };
  const store = openStore(config);
  const mail = createMailWaker(
    () => deliverMail(systemContext('mail')),
    (error) => log.warn('Mail was not delivered at once: {reason}', { reason: reasonOf(error) }),
  );
  const hits = createHitCounter();
  const schedule = startSchedule(() => systemContext('jobs'));
  return {
    deps: { runtime, openStore: () => store, wakeMail: mail.wake },
    hits,
    /** Whatever runs by itself ends after its next whole step. */
    end: () => {
      isEnding = true;
    },
    /** Resolves once it has ended and the database is closed. */
    close: async () => {
      isEnding = true;
      await Promise.all([schedule.stop(), mail.stop(), hits.end(), looks.end()]);
      store.close();
    },
  };

  function systemContext(name: string): Context {
    return { ...runtime, db: store, actor: { kind: 'system', name }, wakeMail: mail.wake };
  }
}

function openStore({ databaseUrl, databaseAuthToken }: Config): Store {
  if (databaseUrl.startsWith('file:')) return openEmbedded(databaseUrl.slice('file:'.length), { onReopen });
  return openRemote({ url: databaseUrl, authToken: databaseAuthToken });
}

function onReopen(outcome: 'opened' | 'failed'): void {
  const log = getLogger(['regulars']);
  if (outcome === 'opened')
    log.warn('The connection to the database file was not to be trusted; there is a new one');
  else log.error('The database file cannot be opened anew; the next request tries again');
}
