import { sendTestMail } from '../../people/mail/send-test.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';

export const testMail: Command = {
  arguments: ['EMAIL'],
  options: {},
  about: 'Sends one mail now, and tells whether the provider has accepted it. Exit code 1 when it has not.',
  examples: ['mail test olena@example.com'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const told = await sendTestMail(ctx, { to: call.argument(0) });
        const words = {
          accepted: 'The provider has accepted it.',
          mailbox: 'No mail key is set: it is on the mailbox page, and has not left this machine.',
          refused: 'The provider has refused it',
          later: 'It has not gone out yet; the portal tries again by itself',
        }[told.outcome];
        const reason = 'reason' in told ? `: ${told.message || told.reason}` : '';
        await call.io.answer(told, [words + reason]);
        return 'reason' in told ? 1 : 0;
      },
      { usesSecret: true, house: await call.loadHouse() },
    ),
};
