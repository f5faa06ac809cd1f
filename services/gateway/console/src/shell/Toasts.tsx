/** Short notices over the page: each leaves after a while wherever the pointer is; only the focus in it holds it. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { dropToast, toasts, type Toast } from "../state/toasts.ts";
import { CheckIcon, CloseIcon, InfoIcon, TicketIcon, WarnIcon } from "../ui/icons.tsx";

const STAY_MS = 7_000;
const STAY_WITH_ACTION_MS = 14_000;

export function Toasts() {
  return (
    <div class="toasts">
      <div class="toasts__stack" role="status">
        {toasts.value.map((notice) => (
          <One key={notice.id} notice={notice} />
        ))}
      </div>
    </div>
  );
}

function One({ notice }: { notice: Toast }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = (): void => clearTimeout(timer.current);
  const release = (): void => {
    hold();
    timer.current = setTimeout(() => dropToast(notice.id), notice.action ? STAY_WITH_ACTION_MS : STAY_MS);
  };
  useEffect(() => {
    release();
    return hold;
  }, []);
  const Icon = notice.about ? TicketIcon : { danger: WarnIcon, good: CheckIcon, info: InfoIcon }[notice.tone];
  return (
    <div class={`toast toast--${notice.tone}`} onFocusIn={hold} onFocusOut={release}>
      <Icon />
      <div class="toast__words">
        <p class="toast__text">{notice.text}</p>
        {notice.detail && <p class="toast__detail">{notice.detail}</p>}
        {notice.action && (
          <a class="toast__action" href={notice.action.href} onClick={() => dropToast(notice.id)}>
            {notice.action.label}
          </a>
        )}
      </div>
      <button type="button" class="icon-button" aria-label={t().close} onClick={() => dropToast(notice.id)}>
        <CloseIcon size={18} />
      </button>
    </div>
  );
}
