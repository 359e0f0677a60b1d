import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

/** What the server hands to the device; `words` alone say why it hands nothing. */
interface Begun {
  words?: string;
  challengeId: string;
  options: Parameters<typeof startRegistration>[0]['optionsJSON'] &
    Parameters<typeof startAuthentication>[0]['optionsJSON'];
}

/** Asks the device for a passkey before its form is sent, with what the device answered. */
class PasskeyForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    // At another name of the same portal the device would find no passkey.
    if (form === null || !browserSupportsWebAuthn() || location.origin !== this.dataset.origin) return;
    this.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#ask(form);
    });
  }

  async #ask(form: HTMLFormElement): Promise<void> {
    const body = new URLSearchParams({ for: this.dataset.for ?? '' });
    const answer = await fetch(this.dataset.options ?? '', { method: 'POST', body }).catch(() => null);
    // What stands in the way is for the page to say.
    if (answer?.headers.get('Content-Type')?.startsWith('application/json') !== true) return form.submit();
    try {
      const { challengeId, options, words }: Begun = await answer.json();
      if (words !== undefined) return this.#say(words);
      const made =
        this.dataset.for === 'new'
          ? await startRegistration({ optionsJSON: options })
          : await startAuthentication({ optionsJSON: options });
      fill(form, 'challenge', challengeId);
      fill(form, 'answer', JSON.stringify(made));
      form.submit();
    } catch (error) {
      const isKnown =
        error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
      this.#say((isKnown ? this.dataset.known : this.dataset.failed) ?? '');
    }
  }

  #say(text: string): void {
    const words = this.querySelector('[role="status"]');
    if (words !== null) words.textContent = text;
  }
}

function fill(form: HTMLFormElement, part: 'challenge' | 'answer', value: string): void {
  const field = form.querySelector<HTMLInputElement>(`[data-part="${part}"]`);
  if (field !== null) field.value = value;
}

customElements.define('passkey-form', PasskeyForm);
