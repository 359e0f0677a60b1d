import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import { house } from '../../../functions/rooms.ts';
import { cliFile } from '../../support/cli.ts';
import { startFakeResend } from '../../support/fake-resend.ts';
import { programEnv } from '../../support/process.ts';
import { createTestFile } from '../../support/test-store.ts';

test('a process killed between sending and marking has nothing sent twice', async () => {
  const fake = await startFakeResend();
  const { store, path } = await createTestFile();
  await store.write([
    queueMail(
      { house, now: Date.now },
      {
        template: 'email_changed_notice',
        params: { changedAt: 0 },
        address: 'ann@x.example',
        language: 'en',
        at: Date.now(),
      },
    ),
  ]);
  store.close();
  const env = programEnv({
    DATABASE_URL: `file:${path}`,
    SECRET: 'a-secret-of-the-tests-32-characters-long',
    RESEND_API_KEY: 're_test',
    RESEND_BASE_URL: fake.baseUrl,
    MAIL_FROM: 'Shop <shop@x.example>',
  });
  const run = () => spawn(process.execPath, [cliFile, 'jobs', 'run', 'mail'], { env, stdio: 'ignore' });
  const answers = Promise.withResolvers<void>();
  fake.plan.push({ kind: 'accept_and_hold', until: answers.promise });
  const killed = run();
  const ended = new Promise((resolve) => killed.once('exit', (_code, signal) => resolve(signal)));
  await expect.poll(() => fake.accepted.length, { timeout: 20_000 }).toBe(1);
  killed.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  answers.resolve();

  const later = openEmbedded(path);
  expect(await later.read({ sql: 'SELECT tries, sent_at FROM outbox', args: [] })).toEqual([[1n, null]]);
  await later.write([{ sql: 'UPDATE outbox SET next_try_at = 0', args: [] }]);
  later.close();
  const next = run();
  await new Promise((resolve) => next.once('exit', resolve));
  const marked = openEmbedded(path);
  const [row] = await marked.read({ sql: 'SELECT sent_at, provider_id FROM outbox', args: [] });
  marked.close();
  expect(row).toEqual([expect.any(BigInt), `sent-${fake.accepted[0]?.key}`]);
  expect(fake.requests).toHaveLength(2);
  expect(fake.requests[1]).toMatchObject({ key: fake.requests[0]?.key, body: fake.requests[0]?.body });
  expect(fake.accepted).toHaveLength(1);
}, 60_000);
