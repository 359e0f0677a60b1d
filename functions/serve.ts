import { getLogger } from '@logtape/logtape';
import { openEmbedded } from '../db/embedded.ts';
import { openRemote } from '../db/remote.ts';
import type { Store } from '../db/store.ts';
import { openFiles } from './files/open-files.ts';
import { startSchedule } from './jobs/schedule.ts';
import { deliverMail } from './mail/deliver-mail.ts';
import { createMailWaker } from './mail/mail-waker.ts';
import { createAccountQueue } from './platform/account-queue.ts';
import type { Config } from './platform/config.ts';
import type { Context, Runtime } from './platform/context.ts';
import { createBusinessCache } from './programme/business.ts';

/** One process's database, schedule and mail, behind whatever serves requests. */
export function openNode(config: Config) {
  const runtime: Runtime = {
    config,
    log: getLogger(['regulars']),
    now: Date.now,
    queue: createAccountQueue(),
    cache: createBusinessCache(),
    files: openFiles(config),
  };
  const store = openStore(config);
  const wakeMail = createMailWaker(() => deliverMail(systemContext('mail')));
  const schedule = startSchedule(() => systemContext('jobs'));
  return {
    deps: { runtime, openStore: () => store, wakeMail },
    close: async () => {
      await schedule.stop();
      store.close();
    },
  };

  function systemContext(name: string): Context {
    return { ...runtime, db: store, actor: { kind: 'system', name }, wakeMail };
  }
}

function openStore({ databaseUrl, databaseAuthToken }: Config): Store {
  if (databaseUrl.startsWith('file:')) return openEmbedded(databaseUrl.slice('file:'.length), { onPoisoned });
  return openRemote({ url: databaseUrl, authToken: databaseAuthToken });
}

/** A connection that met a locked file cannot be trusted again: answers under way go out, then the supervisor starts anew. */
function onPoisoned(error: Error): void {
  getLogger(['regulars']).fatal('The database file stayed locked by another process: {reason}', {
    reason: error.message,
  });
  setTimeout(() => process.exit(1), 500).unref();
}
