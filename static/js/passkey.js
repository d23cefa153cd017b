/* Connects allauth's passkey script with the page, and says in words why a passkey did not work: it only writes to the console. */

const REASONS = { InvalidStateError: 'known', SecurityError: 'name', NotSupportedError: 'unknown' }

for (const place of document.querySelectorAll('[data-passkey]')) {
  window.allauth.webauthn.forms[place.dataset.passkey]({ ids: JSON.parse(place.dataset.ids) })
}

document.addEventListener('allauth.error', (event) => {
  const note = document.querySelector('[data-passkey-fault]')
  if (!note) return
  event.preventDefault()
  const reason = window.PublicKeyCredential ? REASONS[event.detail.exception?.name] : window.isSecureContext ? 'unknown' : 'name'
  note.textContent = note.dataset[reason ?? 'refused']
  note.hidden = false
  note.scrollIntoView({ block: 'nearest' })
})
