import { addPurchases, clear } from './counts.ts';
import { type CountModel, dayOf, largest, logRising, logsByDay } from './model.ts';

/** NBD: an account buys as a Poisson process and never stops; rates are Gamma(r, alpha). Ehrenberg (1959). A baseline. */
export const nbd: CountModel = {
  name: 'nbd',
  parameters: ['r', 'alpha'],
  logLikelihood: ({ x, T, weight }, [r = 0, alpha = 0]) => {
    const buying = logRising(r, largest(x));
    const logs = logsByDay(alpha, largest(T));
    const front = r * Math.log(alpha);
    let sum = 0;
    for (let group = 0; group < x.length; group += 1) {
      const count = x[group] ?? 0;
      const log = front + (buying[count] ?? 0) - (r + count) * (logs[dayOf(T[group] ?? 0)] ?? 0);
      sum += (weight[group] ?? 0) * log;
    }
    return sum;
  },
  aliveChance: () => 1,
  countChances: (out, { x, T }, [r = 0, alpha = 0], weeks) => {
    clear(out);
    addPurchases(out, { shape: r + x, rate: alpha + T }, weeks, 1);
  },
  noneChance: ({ x, T }, [r = 0, alpha = 0], weeks) => ((alpha + T) / (alpha + T + weeks)) ** (r + x),
};
