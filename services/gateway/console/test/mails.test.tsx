import type { Mail } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MailList } from "../src/admin/MailList.tsx";
import MailsPage from "../src/admin/MailsPage.tsx";
import { MailsOf } from "../src/admin/MailsOf.tsx";
import { PAGE, readMails } from "../src/admin/mails.ts";
import { language } from "../src/i18n/index.ts";
import { MailMark } from "../src/ui/MailMark.tsx";

const mail = (fields: Partial<Mail> = {}): Mail => ({
  mail_id: "m1",
  kind: "ticket_reply",
  to: "anna@example.com",
  subject_line: "Re: Zwrot [#1042]",
  state: "sent",
  reason: "",
  attempts: 1,
  next_try_at: null,
  asked_at: "2026-11-23T09:00:00Z",
  sent_at: "2026-11-23T09:00:02Z",
  ticket_id: "t1",
  conversation_id: null,
  about: { id: "t1", name: "#1042" },
  ...fields,
});

/** A notifier with these mails, the newest first; `fails` makes it answer that it is away. */
const notifier = { mails: [] as Mail[], fails: false, asked: [] as URLSearchParams[] };

beforeEach(() => {
  Object.assign(notifier, { mails: [], fails: false, asked: [] });
  vi.stubGlobal("fetch", (path: string) => {
    const query = new URL(path, "http://console").searchParams;
    notifier.asked.push(query);
    if (notifier.fails) return Promise.resolve(Response.json({ code: "unavailable" }, { status: 503 }));
    const state = query.get("state");
    const ticket = query.get("ticket_id");
    const fitting = notifier.mails.filter(
      (one) => (state === null || one.state === state) && (ticket === null || one.ticket_id === ticket),
    );
    const start = fitting.findIndex((one) => one.mail_id === query.get("before")) + 1;
    return Promise.resolve(Response.json({ mails: fitting.slice(start, start + PAGE) }));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  language.value = "pl";
});

const many = (n: number): Mail[] =>
  Array.from({ length: n }, (_, index) => mail({ mail_id: `m${n - index}`, subject_line: `Zgłoszenie ${n - index}` }));
const rows = async (): Promise<HTMLElement[]> => screen.findAllByTestId("mail-row");
/** Waits for so many rows, in a long list without the library's picture of the page. */
const until = (n: number): Promise<HTMLElement[]> =>
  vi.waitFor(() => {
    const shown = screen.queryAllByTestId("mail-row");
    expect(shown.length).toBe(n);
    return shown;
  });
const click = (name: string): void => void fireEvent.click(screen.getByRole("button", { name }));
const choose = (state: string): void =>
  void fireEvent.change(screen.getByLabelText("Stan"), { target: { value: state } });

/** What a busy machine needs to draw a hundred mails and more. */
const LONG_LISTS = 30_000;

// --- the mark

test.each([
  ["refused: 550 No such user", "Serwer pocztowy odrzucił wiadomość.", "Szczegóły: 550 No such user"],
  ["busy", "Serwer pocztowy chwilowo nie przyjmuje wiadomości.", null],
  ["no_connection: [Errno 111] Connect call failed", "Nie udało się połączyć z serwerem pocztowym.", "Szczegóły: [Errno 111] Connect call failed"],
  ["no_answer", "Serwer pocztowy nie odpowiedział na czas.", null],
  ["log_in", "Serwer pocztowy nie przyjął nazwy użytkownika lub hasła.", null],
  ["encryption", "Nie udało się nawiązać szyfrowanego połączenia z serwerem pocztowym.", null],
  ["address", "Na ten adres nie można wysłać wiadomości.", null],
  ["unexpected: LookupError", "Przy wysyłaniu wystąpił nieoczekiwany błąd.", "Szczegóły: LookupError"],
  ["limit_recipient", "Na ten adres wysłano w ciągu doby już tyle potwierdzeń i zapisów rozmów, ile wolno.", null],
  ["limit_day", "W ciągu doby wysłano już tyle potwierdzeń i zapisów rozmów, ile wolno.", null],
  ["a word of a newer release", "a word of a newer release", null],
  ["constructor", "constructor", null],
])("a reason is said in words: %s", (reason, why, details) => {
  const { container } = render(<MailMark state="failed" reason={reason} />);
  expect(screen.getByText("Nie wysłano")).toBeTruthy();
  expect(container.querySelector(".mail-mark__why")?.textContent).toBe(why);
  expect(container.querySelector(".mail-mark__said")?.textContent ?? null).toBe(details);
});

test("a mail that was sent says so and no more, in the language in use", () => {
  const { container } = render(<MailMark state="sent" />);
  expect(container.textContent).toBe("Wysłano");
  act(() => void (language.value = "en"));
  expect(container.textContent).toBe("Sent");
});

// --- the list

test("a mail is shown with what it is, to whom, what became of it and when it is tried again", async () => {
  notifier.mails = [
    mail({ state: "pending", reason: "busy: 451 Later", attempts: 2, sent_at: null, next_try_at: "2026-11-23T10:30:00Z" }),
  ];
  render(<MailList />);
  const [row] = await rows();
  const text = row?.textContent ?? "";
  for (const part of ["Re: Zwrot [#1042]", "Odpowiedź na zgłoszenie", "anna@example.com", "Czeka na wysłanie", "2 próby"])
    expect(text).toContain(part);
  expect(text).toMatch(/Następna próba: .*\d\d:\d\d/u);
  expect(within(row!).getByRole("link", { name: "Dotyczy: #1042" }).getAttribute("href")).toBe("/console/tickets/t1");
});

test("an alert of a missed chat leads to the conversation, and a kind of a newer release has its own name", async () => {
  notifier.mails = [
    mail({ kind: "missed_chat", ticket_id: null, conversation_id: "c1", about: { id: "c1", name: "Sprzedaż" } }),
    mail({ mail_id: "m0", kind: "digest", ticket_id: null, about: null }),
  ];
  render(<MailList />);
  const [missed, newer] = await rows();
  expect(within(missed!).getByRole("link", { name: "Dotyczy: Sprzedaż" }).getAttribute("href")).toBe("/console/chats/c1");
  expect(newer?.textContent).toContain("digest");
  expect(within(newer!).queryByRole("link")).toBeNull();
});

test("only mails in the chosen state are shown, and where there are none the way back is", async () => {
  notifier.mails = [mail({ subject_line: "Tak" }), mail({ mail_id: "m0", state: "failed", subject_line: "Nie" })];
  render(<MailList />);
  expect(await rows()).toHaveLength(2);
  choose("failed");
  expect(await screen.findByText("Nie")).toBeTruthy();
  expect(screen.queryByText("Tak")).toBeNull();
  choose("sending");
  expect(await screen.findByText("Nie ma takich wiadomości")).toBeTruthy();
  click("Pokaż wszystkie");
  expect(await rows()).toHaveLength(2);
});

test("older mails follow below those that are shown, and at the end the focus is not lost", async () => {
  notifier.mails = many(PAGE + 20);
  const { container } = render(<MailList />);
  await until(PAGE);
  click("Pokaż starsze");
  const shown = await until(PAGE + 20);
  expect(shown.map((row) => row.querySelector(".mails__subject")?.textContent)).toEqual(
    notifier.mails.map((one) => one.subject_line),
  );
  const end = container.querySelector(".page__end");
  expect(end?.textContent).toBe("To wszystkie wiadomości.");
  await vi.waitFor(() => expect(document.activeElement === end).toBe(true));
}, LONG_LISTS);

test("reading anew shows every state as it is now, down to the oldest that was shown", async () => {
  notifier.mails = many(PAGE + 20);
  render(<MailList />);
  await until(PAGE);
  click("Pokaż starsze");
  await until(PAGE + 20);
  const oldest = notifier.mails.at(-1)!;
  notifier.mails = [
    mail({ mail_id: "new", subject_line: "Najnowsze" }),
    ...notifier.mails.map((one): Mail => (one === oldest ? { ...one, state: "failed", reason: "refused" } : one)),
  ];
  click("Odśwież");
  const shown = await until(PAGE + 21);
  expect(shown[0]?.textContent).toContain("Najnowsze");
  expect(shown.at(-1)?.textContent).toContain("Nie wysłano");
  expect(screen.getByRole("status").textContent).toBe("Wczytano 121 wiadomości.");
}, LONG_LISTS);

test("coming back to the page reads the list anew", async () => {
  notifier.mails = [mail({ state: "sending", sent_at: null })];
  render(<MailList />);
  expect((await rows())[0]?.textContent).toContain("Wysyłanie");
  notifier.mails = [mail()];
  await act(async () => void window.dispatchEvent(new Event("focus")));
  expect(await screen.findByText("Wysłano")).toBeTruthy();
});

test("how many were read is said to who asked for it, and not at each coming back", async () => {
  notifier.mails = [mail()];
  render(<MailList />);
  await rows();
  await act(async () => void window.dispatchEvent(new Event("focus")));
  await vi.waitFor(() => expect(notifier.asked).toHaveLength(2));
  await vi.waitFor(() => expect(screen.getByRole("region").getAttribute("aria-busy")).toBe("false"));
  expect(screen.getByRole("status").textContent).toBe("");
  click("Odśwież");
  await vi.waitFor(() => expect(screen.getByRole("status").textContent).toBe("Wczytano 1 wiadomość."));
  await act(async () => void window.dispatchEvent(new Event("focus")));
  await vi.waitFor(() => expect(screen.getByRole("status").textContent).toBe(""));
});

test("who comes back to the page by asking for what is older gets it, once, however often they press", async () => {
  notifier.mails = many(PAGE + 20);
  render(<MailList />);
  await until(PAGE);
  fireEvent.focus(window);
  click("Pokaż starsze");
  click("Pokaż starsze");
  fireEvent.focus(window);
  await until(PAGE + 20);
}, LONG_LISTS);

test("where the list cannot be read that is said, and it can be tried again", async () => {
  notifier.fails = true;
  render(<MailList />);
  const again = await screen.findByRole("button", { name: "Spróbuj ponownie" });
  notifier.fails = false;
  notifier.mails = [mail()];
  fireEvent.click(again);
  expect(await rows()).toHaveLength(1);
});

test("what was read stays when it cannot be read anew, and is said to be old", async () => {
  notifier.mails = [mail()];
  render(<MailList />);
  await rows();
  notifier.fails = true;
  click("Odśwież");
  expect((await screen.findByRole("alert")).textContent).toContain("Nie udało się odświeżyć listy");
  expect(await rows()).toHaveLength(1);
  notifier.fails = false;
  click("Odśwież");
  await vi.waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("without any mail the page says what will be here", async () => {
  render(<MailList />);
  expect(await screen.findByText("Nie ma jeszcze żadnej poczty")).toBeTruthy();
});

test("an answer that comes late does not replace the list that was chosen meanwhile", async () => {
  let release = (): void => undefined;
  const slow = new Promise<void>((resolve) => (release = resolve));
  const answer = globalThis.fetch;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (!path.includes("state=")) await slow;
    return answer(path, init);
  });
  notifier.mails = [mail({ subject_line: "Tak" }), mail({ mail_id: "m0", state: "failed", subject_line: "Nie" })];
  render(<MailList />);
  choose("failed");
  await screen.findByText("Nie");
  await act(async () => release());
  expect(screen.queryByText("Tak")).toBeNull();
});

test("pages are read until there are as many as are shown", async () => {
  notifier.mails = many(2 * PAGE + 1);
  expect(await readMails("all", 0)).toEqual({ mails: notifier.mails.slice(0, PAGE), whole: false });
  expect((await readMails("all", PAGE + 1)).mails).toHaveLength(2 * PAGE);
  expect(await readMails("all", 2 * PAGE + 1)).toEqual({ mails: notifier.mails, whole: true });
  expect(notifier.asked.map((query) => query.get("before"))).toEqual([null, null, "m102", null, "m102", "m2"]);
});

test("alone on its page the list's heading is the page's", async () => {
  notifier.mails = [mail()];
  render(<MailsPage />);
  expect(screen.getByRole("heading", { level: 1, name: "Poczta wychodząca" })).toBeTruthy();
  expect(await rows()).toHaveLength(1);
});

// --- of a ticket

test("beside a ticket stand its mails, with what became of each", async () => {
  notifier.mails = [
    mail({ state: "failed", reason: "refused" }),
    mail({ mail_id: "m0", kind: "ticket_confirmation" }),
    mail({ mail_id: "other", ticket_id: "t2", to: "jan@example.com" }),
  ];
  render(<MailsOf ticketId="t1" />);
  const [reply, confirmation, ...more] = await screen.findAllByRole("listitem");
  expect(reply?.textContent).toContain("Odpowiedź na zgłoszenie");
  expect(reply?.textContent).toContain("Serwer pocztowy odrzucił wiadomość.");
  expect(confirmation?.textContent).toContain("Potwierdzenie zgłoszenia");
  expect(confirmation?.textContent).toContain("Wysłano");
  expect(more).toEqual([]);
});

test("a ticket's mails are read anew with its next version, and what was read stays where that fails", async () => {
  const view = render(<MailsOf ticketId="t1" version={1} />);
  expect(await screen.findByText("Nie ma jeszcze poczty w tej sprawie.")).toBeTruthy();
  notifier.mails = [mail({ state: "sending" })];
  view.rerender(<MailsOf ticketId="t1" version={2} />);
  expect(await screen.findByText("Wysyłanie")).toBeTruthy();
  notifier.fails = true;
  view.rerender(<MailsOf ticketId="t1" version={3} />);
  expect((await screen.findByRole("alert")).textContent).toContain("Nie udało się odświeżyć");
  expect(screen.getByText("Wysyłanie")).toBeTruthy();
  Object.assign(notifier, { fails: false, mails: [mail()] });
  fireEvent.click(screen.getByRole("button", { name: "Spróbuj ponownie" }));
  expect(await screen.findByText("Wysłano")).toBeTruthy();
});
