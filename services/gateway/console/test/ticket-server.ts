/** A gateway for tests: answers by method and path, given later where a test wants to wait, and what it was sent. */
import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export type Answer = (asked: Asked) => [number, unknown] | Promise<[number, unknown]>;

export class Server {
  readonly asked: Asked[] = [];
  readonly #answers = new Map<string, Answer>();

  constructor() {
    vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
      const { pathname: path, searchParams: query } = new URL(url, "http://dymek.test");
      const method = init.method ?? "GET";
      const body = typeof init.body === "string" ? (JSON.parse(init.body) as Asked["body"]) : {};
      const asked = { method, path, query, body };
      this.asked.push(asked);
      const [status, answer] = await (this.#answers.get(`${method} ${path}`) ?? (() => [503, {}]))(asked);
      init.signal?.throwIfAborted();
      if (status === 0) throw new TypeError("no network");
      return status === 204 ? new Response(null, { status }) : Response.json(answer, { status });
    });
  }

  on(what: string, answer: Answer | [number, unknown]): void {
    this.#answers.set(what, typeof answer === "function" ? answer : () => answer);
  }

  of(what: string): Asked[] {
    return this.asked.filter(({ method, path }) => `${method} ${path}` === what);
  }
}

/** A promise that the test keeps when it wants to. */
export function later<T>(): { promise: Promise<T>; give: (value: T) => void } {
  let give!: (value: T) => void;
  const promise = new Promise<T>((done) => (give = done));
  return { promise, give };
}
