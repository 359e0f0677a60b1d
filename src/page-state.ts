import type { AstroGlobal, SSRResult } from 'astro';
import { FetchState } from 'astro/fetch';

type ActionContext = ReturnType<FetchState['getActionAPIContext']>;

/**
 * Astro's state of one request, made so that it dies young. Astro's own defines getters anew for every request; V8 keeps
 * such a getter, and all that can be reached from it, until its next full collection of garbage, and copies it around
 * meanwhile, which takes a tenth of a page's time. Here the getters of pages stand in classes. What it replaces is looked
 * at by every build (`scripts/astro-state.ts`).
 */
export class PageState extends FetchState {
  override getActionAPIContext(): ActionContext {
    if (!this.#isPage) return super.getActionAPIContext();
    this.actionApiContext ??= new PageContext(this, () => this.#ownContext());
    return this.actionApiContext;
  }

  override createAstro(
    result: SSRResult,
    props: Record<string, unknown>,
    slots: Record<string, unknown> | null,
  ): AstroGlobal {
    const own = () => super.createAstro(result, props, slots, this.#ownContext());
    return new PageGlobal(this, own, { props, response: result.response });
  }

  get #isPage(): boolean {
    return this.routeData?.type === 'page';
  }

  #ownContext(): ActionContext {
    this.actionApiContext = null;
    return super.getActionAPIContext();
  }
}

/** What Astro's own has, which is asked for what pages here never ask. */
class PageContext implements ActionContext {
  readonly #state: PageState;
  readonly #own: () => ActionContext;

  constructor(state: PageState, own: () => ActionContext) {
    this.#state = state;
    this.#own = own;
  }

  get request() {
    return this.#state.request;
  }
  get url() {
    return this.#state.url;
  }
  get locals() {
    return this.#state.locals;
  }
  get params() {
    return this.#state.params ?? {};
  }
  get isPrerendered() {
    return this.#state.routeData?.prerender ?? false;
  }
  get cookies() {
    return this.#own().cookies;
  }
  get clientAddress() {
    return this.#own().clientAddress;
  }
  get generator() {
    return this.#own().generator;
  }
  get routePattern() {
    return this.#own().routePattern;
  }
  get originPathname() {
    return this.#own().originPathname;
  }
  get site() {
    return this.#own().site;
  }
  get currentLocale() {
    return this.#own().currentLocale;
  }
  get preferredLocale() {
    return this.#own().preferredLocale;
  }
  get preferredLocaleList() {
    return this.#own().preferredLocaleList;
  }
  get session() {
    return this.#own().session;
  }
  get cache() {
    return this.#own().cache;
  }
  get csp() {
    return this.#own().csp;
  }
  get logger() {
    return this.#own().logger;
  }
}

/** What components know as `Astro`. */
class PageGlobal extends PageContext implements AstroGlobal {
  readonly props: AstroGlobal['props'];
  readonly response: AstroGlobal['response'];
  readonly #own: () => AstroGlobal;
  /** Set by each component itself. */
  declare self: AstroGlobal['self'];

  constructor(
    state: PageState,
    own: () => AstroGlobal,
    { props, response }: Pick<AstroGlobal, 'props' | 'response'>,
  ) {
    super(state, own);
    this.#own = own;
    this.props = props;
    this.response = response;
  }

  get slots() {
    return this.#own().slots;
  }
  get redirect() {
    return this.#own().redirect;
  }
  get rewrite() {
    return this.#own().rewrite;
  }
  get getActionResult() {
    return this.#own().getActionResult;
  }
  get callAction() {
    return this.#own().callAction;
  }
}
