import { getLogger } from '@logtape/logtape';
import { openEmbedded } from '../db/embedded.ts';
import { openRemote } from '../db/remote.ts';
import type { Store } from '../db/store.ts';
import { openFiles } from './files/open-files.ts';
import { startSchedule } from './jobs/schedule.ts';
import { deliverMail } from './mail/deliver-mail.ts';
import { createMailWaker } from './mail/mail-waker.ts';
import { createAccountQueue } from './platform/account-queue.ts';
import { createCaches } from './platform/caches.ts';
import type { Config } from './platform/config.ts';
import type { Context, Runtime } from './platform/context.ts';
import { reasonOf } from './platform/reason-of.ts';

/** One process's database, schedule and mail, behind whatever serves requests. */
export function openNode(config: Config) {
  const log = getLogger(['regulars']);
  let isEnding = false;
  const runtime: Runtime = {
    config,
    log,
    now: Date.now,
    queue: createAccountQueue(),
    cache: createCaches(),
    files: openFiles(config),
    isEnding: () => isEnding,
  };
  const store = openStore(config);
  const mail = createMailWaker(
    () => deliverMail(systemContext('mail')),
    (error) => log.warn('Mail was not delivered at once: {reason}', { reason: reasonOf(error) }),
  );
  const schedule = startSchedule(() => systemContext('jobs'));
  return {
    deps: { runtime, openStore: () => store, wakeMail: mail.wake },
    /** Whatever runs by itself ends after its next whole step. */
    end: () => {
      isEnding = true;
    },
    /** Resolves once it has ended and the database is closed. */
    close: async () => {
      isEnding = true;
      await Promise.all([schedule.stop(), mail.stop()]);
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
