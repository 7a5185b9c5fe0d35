import { data, say } from "./data";

/** Who runs the page, an address or a link to be clicked; nothing where nobody is named. */
export function Contact() {
  const { contact } = data;
  if (!contact) return null;
  return (
    <p class="contact">
      {say("contact")} {address(contact) ? <a href={address(contact)} rel="noopener noreferrer">{contact}</a> : contact}
    </p>
  );
}

function address(contact: string): string {
  if (/^https?:\/\/\S+$/.test(contact)) return contact;
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(contact) ? `mailto:${contact}` : "";
}
