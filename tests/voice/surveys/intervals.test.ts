import { expect, test } from 'vitest';
import {
  meanInterval,
  netInterval,
  shareInterval,
  tPoint,
} from '../../../functions/voice/surveys/intervals.ts';

const rounded = ({ from, to }: { from: number; to: number }, digits: number) => [
  Number(from.toFixed(digits)),
  Number(to.toFixed(digits)),
];

/** Newcombe (1998), Statistics in Medicine 17:857, table I, method 3. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the share of %i in %i is as published', (hits, n, from, to) => {
  expect(rounded(shareInterval(hits, n), 4)).toEqual([from, to]);
});

/** Fagerland, Lydersen and Laake (2014), Statistics in Medicine 33:2850, table VI: Bentur et al., 1 and 7 of 21. */
test('the net of two shares of one sample is as published', () => {
  expect(rounded(netInterval({ promoters: 1, detractors: 7, n: 21 }), 3)).toEqual([-0.517, -0.026]);
});

/** Abramowitz and Stegun (1964), table 26.10. */
test.each([
  [1, 12.706],
  [2, 4.303],
  [4, 2.776],
  [9, 2.262],
  [29, 2.045],
  [30, 2.042],
  [120, 1.98],
])('the point of Student with %i degrees of freedom is as published', (freedom, point) => {
  expect(Number(tPoint(freedom).toFixed(3))).toBe(point);
});

test('a mean is told with its interval on the scale', () => {
  const tally = new Map([
    [3, 5],
    [4, 10],
    [5, 15],
  ]);
  const { from, to } = meanInterval(tally, { from: 1, to: 5 });
  expect([from.toFixed(3), to.toFixed(3)]).toEqual(['4.050', '4.616']);
});

test('answers that all agree still leave room', () => {
  const { from, to } = meanInterval(new Map([[5, 30]]), { from: 1, to: 5 });
  expect(to).toBe(5);
  expect(from).toBeCloseTo(4.546, 3);
  const net = netInterval({ promoters: 30, detractors: 0, n: 30 });
  expect(net.to).toBe(1);
  expect(net.from).toBeCloseTo(0.773, 3);
});

test('nothing is known without answers', () => {
  expect(shareInterval(0, 0)).toEqual({ from: 0, to: 1 });
  expect(netInterval({ promoters: 0, detractors: 0, n: 0 })).toEqual({ from: -1, to: 1 });
  expect(meanInterval(new Map(), { from: 1, to: 7 })).toEqual({ from: 1, to: 7 });
});

/** Exact coverage over all samples of thirty, by the trinomial distribution. */
test.each([
  [0.5, 0.2],
  [0.7, 0.05],
  [0.85, 0.05],
  [0.3, 0.3],
  [0.1, 0.6],
])('thirty answers cover the truth of %f promoters and %f detractors as promised', (p, d) => {
  const n = 30;
  let covered = 0;
  for (let promoters = 0; promoters <= n; promoters += 1) {
    for (let detractors = 0; promoters + detractors <= n; detractors += 1) {
      const { from, to } = netInterval({ promoters, detractors, n });
      if (from <= p - d && p - d <= to)
        covered += chanceOf([promoters, detractors, n - promoters - detractors], [p, d, 1 - p - d]);
    }
  }
  expect(covered).toBeGreaterThan(0.93);
  expect(covered).toBeLessThan(0.975);
});

function chanceOf(counts: number[], shares: number[]): number {
  const logFactorial = (k: number) =>
    Array.from({ length: k }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
  const n = counts.reduce((a, b) => a + b, 0);
  const parts = counts.map((count, i) => count * Math.log(shares[i] ?? 0) - logFactorial(count));
  return Math.exp(logFactorial(n) + parts.reduce((a, b) => a + b, 0));
}
