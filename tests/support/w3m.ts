import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { pause, programEnv } from './process.ts';

const TAB = '\t';
const ENTER = '\r';
const REDRAW = '\f';
/** How long a page may take to show what is waited for. */
const PATIENCE_MS = 20_000;

/** The text browser w3m in a terminal of its own, moved by its keys as its readers move it. */
export interface W3m {
  /** Waits until the screen shows a text. @throws {Error} with the screen when it never does */
  shows: (text: string) => Promise<void>;
  /** Goes to the first link or field after a text on the page. */
  goAfter: (text: string) => Promise<void>;
  /** Types into the field under the cursor. */
  fill: (value: string) => Promise<void>;
  /** Follows the link, or presses the button, under the cursor. */
  press: () => void;
  close: () => void;
}

/** Why w3m cannot be used here, or null. */
export function w3mProblem(): string | null {
  try {
    execFileSync('w3m', ['-version'], { stdio: 'ignore' });
    execFileSync('script', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'w3m or script is not installed';
  }
}

/** Starts w3m on a page; `home` keeps its cookies. */
export function openW3m(url: string, home: string): W3m {
  const child = spawn('script', ['-qfc', `stty cols 120 rows 200; exec w3m -cookie ${url}`, '/dev/null'], {
    env: programEnv({ HOME: home, TERM: 'vt100', LANG: 'C.UTF-8' }),
  });
  return readerOf(child);
}

function readerOf(child: ChildProcessWithoutNullStreams): W3m {
  let drawn = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    drawn += text;
  });
  const keys = (text: string) => child.stdin.write(text);
  const shows = async (text: string) => {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      drawn = '';
      keys(REDRAW);
      await pause(150);
      if (plain(drawn).includes(text)) return;
    }
    throw new Error(`w3m never showed "${text}", but:\n${plain(drawn)}`);
  };
  return {
    shows,
    goAfter: async (text) => {
      keys(`g/${text}${ENTER}`);
      await pause(100);
      keys(TAB);
    },
    fill: async (value) => {
      keys(ENTER);
      await pause(100);
      keys(`${value}${ENTER}`);
      await shows(value);
    },
    press: () => void keys(ENTER),
    close: () => void child.kill('SIGKILL'),
  };
}

/** What a terminal would show, roughly: the text without what moves its cursor. */
function plain(drawn: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  return drawn.replace(/\u001b(?:\[[0-9;?]*[A-Za-z]|[()][A-B0]|[=>78])/g, ' ').replace(/\s+/g, ' ');
}
