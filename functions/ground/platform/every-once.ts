/** Does something now and then; while it is not done, the next time is left out, so that nothing piles up behind a slow one. */
export function everyOnce(ms: number, work: () => Promise<void>): { stop: () => void } {
  let isUnderWay = false;
  const timer = setInterval(() => {
    if (isUnderWay) return;
    isUnderWay = true;
    void work().finally(() => {
      isUnderWay = false;
    });
  }, ms);
  return { stop: () => clearInterval(timer) };
}
