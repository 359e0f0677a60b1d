import { statSync } from 'node:fs';
import { backUp } from '../backup/back-up.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';

export const backup: Command = {
  arguments: ['FILE'],
  options: {},
  about:
    'May run beside the server. FILE must not exist. Keep the file named secret and the folder attachments beside the\n' +
    'database as well: open links, second factors and the addresses of unnamed feedback depend on the secret.',
  examples: ['backup backups/2026-03-01.db'],
  run: (call) =>
    withContext(call.defaults, async (ctx) => {
      const path = call.argument(0);
      await backUp(ctx.db, path);
      const bytes = statSync(path).size;
      await call.io.answer({ file: path, bytes }, [`Written to ${path}, ${bytes} bytes.`]);
      return 0;
    }),
};
