/** Shows the preview beside a form anew while somebody types: it sends the form and takes the preview out of the answer. */
const PAUSE_MS = 400;

const form = document.querySelector<HTMLFormElement>('form[data-live]');
let waiting: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

form?.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => void renew(form), PAUSE_MS);
});

async function renew(from: HTMLFormElement): Promise<void> {
  asked += 1;
  const mine = asked;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(from)) if (typeof value === 'string') body.append(name, value);
  body.set('do', 'show');
  const answer = await fetch(location.href, { method: 'POST', body }).catch(() => null);
  if (answer === null || !answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [before, after] = [document.getElementById('preview'), page.getElementById('preview')];
  if (before !== null && after !== null && mine === asked)
    before.replaceChildren(...document.importNode(after, true).childNodes);
}
