import { loadDemo } from '../demo/load-demo.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { openProgress } from './progress.ts';

export const demo: Command = {
  arguments: [],
  options: {},
  about:
    'A business that does not exist, with customers, two years of orders and their rewards. The database has to be\n' +
    'empty.',
  examples: ['demo'],
  run: async ({ io, loadHouse, defaults }) =>
    withContext(
      defaults,
      async (ctx) => {
        const progress = openProgress(io, 'orders');
        const loaded = await loadDemo(ctx, {
          onProgress: (orders, of) => progress.show('Loading', orders, of),
        }).finally(progress.end);
        const { customers, orders } = loaded;
        await io.answer(loaded, [`The demo business is loaded: ${customers} customers, ${orders} orders.`]);
        return 0;
      },
      { usesSecret: true, house: await loadHouse() },
    ),
};
