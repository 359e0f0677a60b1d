import type { Room } from '../../ground/room.ts';
import { countNumbers } from './count-numbers.ts';
import { numberRoutes } from './routes.ts';

export const numbersRoom: Room = {
  name: 'numbers',
  routes: numberRoutes,
  jobs: [{ name: 'numbers', everyMinutes: 1, run: countNumbers, isLast: true }],
  tablesLeft: { kept_numbers: { why: 'Sums over all accounts.', isMadeAnew: true } },
};
