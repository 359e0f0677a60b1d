import type { CountModel, ParameterValues } from './model.ts';

/**
 * What is thought of a model's parameters before anything is seen, as ln of the density of their logarithms. Those of the
 * count models are the usual ones of PyMC-Marketing, with weeks as the unit: r, s ~ Weibull(2, 1), alpha, beta ~
 * Weibull(2, 10); a = φκ and b = (1 − φ)κ with φ ~ U(0, 1) and κ ~ Pareto(1, 1), whose edge at 1 is made soft.
 */
export function logPrior(name: CountModel['name'], values: ParameterValues): number {
  const [shape = 0, scale = 0, third = 0, fourth = 0] = values;
  const buying = logWeibull(shape, 1) + logWeibull(scale, 10);
  if (name === 'nbd') return buying;
  if (name === 'pareto-nbd') return buying + logWeibull(third, 1) + logWeibull(fourth, 10);
  return buying + logSplitPareto(third, fourth);
}

/** Shrinks a part of the accounts to all of them: its values may differ by about `deviation` in logarithms. */
export function logPriorAround(center: ParameterValues, values: ParameterValues, deviation = 0.5): number {
  return values.reduce((sum, value, index) => {
    const distance = Math.log(value / (center[index] ?? value)) / deviation;
    return sum - distance ** 2 / 2;
  }, 0);
}

/** Weibull(2, scale) of a value, over its logarithm. */
function logWeibull(value: number, scale: number): number {
  return Math.log(2) + 2 * Math.log(value / scale) - (value / scale) ** 2;
}

function logSplitPareto(a: number, b: number): number {
  const sum = a + b;
  const soft = sum < 1 ? 50 * Math.log(sum) ** 2 : 0;
  return Math.log(a) + Math.log(b) - 3 * Math.log(sum) - soft;
}
