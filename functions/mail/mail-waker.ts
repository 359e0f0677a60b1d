/**
 * A `wakeMail` for one process: runs `deliver` now, and once more when it was woken meanwhile; never two at a time.
 * `deliver` deals with its own errors.
 */
export function createMailWaker(deliver: () => Promise<void>): () => void {
  let isRunning = false;
  let isWoken = false;
  const run = async () => {
    isRunning = true;
    try {
      while (isWoken) {
        isWoken = false;
        await deliver();
      }
    } finally {
      isRunning = false;
    }
  };
  return () => {
    isWoken = true;
    if (!isRunning) void run();
  };
}
