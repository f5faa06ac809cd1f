/** Outgoing mail as a page of its own, for those who supervise and have no settings. */
import "../styles/admin.css";
import { MailList } from "./MailList.tsx";

export default function MailsPage() {
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <MailList alone />
      </div>
    </main>
  );
}
