// Streamlit's own widgets speak English: their words, and only theirs, are put into Italian as they appear.
(() => {
  const WORDS = {
    "Close": "Chiudi", "Open": "Apri", "Cancel": "Annulla", "Copy": "Copia", "Copied": "Copiato", "Copied!": "Copiato",
    "Copy to clipboard": "Copia negli appunti", "Clear value": "Svuota", "Clear all": "Togli tutto", "Clear entry": "Svuota",
    "Clear selection": "Togli la selezione", "Clear date": "Togli la data", "Select all": "Scegli tutto",
    "Selected values": "Valori scelti", "Choose an option": "Scegli", "Choose options": "Scegli", "No results": "Nessun risultato",
    "No options to select": "Nessuna voce", "No options": "Nessuna voce", "No content": "Nessun contenuto", "No data": "Nessun dato",
    "empty": "vuoto", "Add row": "Aggiungi una riga", "Delete row(s)": "Elimina le righe scelte",
    "Download as CSV": "Scarica come CSV", "Download as PNG": "Scarica come immagine", "Search": "Cerca",
    "Type to search": "Scrivi per cercare", "Close Search": "Chiudi la ricerca", "Next Result": "Risultato successivo",
    "Previous Result": "Risultato precedente", "Show/hide columns": "Mostra o nascondi colonne", "Fullscreen": "Schermo intero",
    "Close fullscreen": "Chiudi lo schermo intero", "Toggle fullscreen": "Schermo intero",
    "Show data": "Mostra i dati", "Show chart": "Mostra il grafico", "Sort ascending": "Ordina crescente",
    "Sort descending": "Ordina decrescente", "Pin column": "Blocca la colonna", "Unpin column": "Sblocca la colonna",
    "Hide column": "Nascondi la colonna", "Autosize": "Adatta la larghezza", "Format": "Formato", "Automatic": "Automatico",
    "Localized": "All'italiana", "Plain": "Semplice", "Statistics": "Riepilogo", "Copy column name": "Copia il nome",
    "Dataframe column menu": "Menu della colonna", "Distinct": "Diversi", "Minimum": "Minimo", "Maximum": "Massimo",
    "Average": "Media", "Median": "Mediana", "Sum": "Somma", "Values": "Valori", "Empty": "Vuoti", "Count": "Conteggio",
    "Minimum length": "Lunghezza minima", "Maximum length": "Lunghezza massima", "Average length": "Lunghezza media",
    "Press Enter to apply": "Invio per confermare", "Press Ctrl+Enter to apply": "Ctrl+Invio per confermare",
    "Press ⌘+Enter to apply": "⌘+Invio per confermare", "Press Enter to submit form": "Invio per confermare",
    "Press Ctrl+Enter to submit form": "Ctrl+Invio per confermare", "Press Enter to submit": "Invio per confermare",
    "Increment": "Aumenta", "Decrement": "Diminuisci", "Next page": "Pagina successiva", "Previous page": "Pagina precedente",
    "Next month": "Mese successivo", "Previous month": "Mese precedente", "Pagination": "Pagine",
    "Collapse sidebar": "Chiudi il menu", "Expand sidebar": "Apri il menu", "Sidebar": "Menu", "App pages": "Pagine",
    "Skip to main content": "Vai al contenuto", "Main menu": "Menu del programma", "Navigate to home page": "Vai alla Scrivania",
    "Link to heading": "Collegamento a questo titolo", "Notifications": "Avvisi", "Running...": "In corso…",
    "Stop script": "Ferma", "Stop": "Ferma", "Connecting": "Mi collego…", "Connecting to Streamlit server": "Mi collego…",
    "Connection error": "Collegamento interrotto", "Send message": "Invia", "Add files": "Scegli i file", "Upload": "Scegli i file",
    "Upload file": "Scegli il file", "Upload files": "Scegli i file", "Browse files": "Scegli i file",
    "Drag and drop file here": "oppure trascinalo qui", "Drag and drop files here": "oppure trascinali qui",
    "file upload": "file da caricare", "Show more": "Mostra altro", "Show less": "Mostra meno", "View all": "Vedi tutti",
    "View less": "Vedi meno", "Scroll tabs left": "Schede precedenti", "Scroll tabs right": "Schede successive",
    "Page not found": "Pagina inesistente", "This field is required": "Campo necessario", "Show password": "Mostra",
    "Hide password": "Nascondi", "Dismiss": "Chiudi", "Theme": "Aspetto", "System": "Come il sistema", "Light": "Chiaro",
    "Dark": "Scuro", "Print": "Stampa", "Rerun": "Aggiorna", "Markdown content": "Testo", "Save as PNG": "Salva come immagine",
    "Copy Vega-Lite spec": "Copia la descrizione del grafico (Vega-Lite)",
    "Save as SVG": "Salva come disegno (SVG)", "Invalid input.": "Valore non valido.", "Submit": "Conferma",
    "Error": "Errore", "Connection lost. Please wait for the app to reconnect, then try again.":
      "Collegamento interrotto: quello che scrivi resta qui. Attendi un momento e riprova.",
  };
  const SHAPES = [
    [/^Help for (.*)$/, "Aiuto: $1"], [/^Remove (.*)$/, "Togli $1"], [/^Upload (.*)$/, "Carica $1"],
    [/^Chat message from user$/, "Domanda"], [/^Chat message from (.*)$/, "Risposta"],
    [/^(\d+) ?(MB|GB|KB) per file(?: • .*)?$/, "fino a $1 $2 ciascuno"], [/^Limit (.*) per file.*$/, "fino a $1 ciascuno"],
    [/^Page (\d+)$/, "Pagina $1"], [/^Select (\d+) matches$/, "Scegli i $1 trovati"], [/^Showing page (\d+) of (\d+)$/, "Pagina $1 di $2"],
    [/^You have requested page \/(.*), but no corresponding file was found in the app's pages\/ directory.*$/,
     "La pagina «$1» non c'è: ecco la Scrivania."],
    [/^The page that you have requested does not seem to exist.*$/, "Questa pagina non c'è: ecco la Scrivania."],
    [/^Is Streamlit still running\?.*$/, "Il programma si è chiuso: riaprilo con «piao serve». Quello che era salvato è al sicuro."],
    [/^File must be (.*) or smaller\.?$/, "Il file supera il limite di $1."], [/^(.*) files are not allowed\.?$/, "I file $1 non si possono leggere."],
  ];
  const NAMES = ["aria-label", "title", "placeholder"];
  const THEIRS = '[role="tooltip"], [data-testid="stToolbar"], [data-testid="stFileUploaderDropzone"]';
  const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stHeading"], textarea, code, pre';

  const italian = (text) => {
    const bare = (text || "").trim();
    if (!bare) return null;
    if (Object.hasOwn(WORDS, bare)) return WORDS[bare];
    const shape = SHAPES.find(([form]) => form.test(bare));
    return shape ? bare.replace(shape[0], shape[1]) : null;
  };
  const titled = (text) => {  // "Fullscreen: title of the chart"
    const at = (text || "").indexOf(": ");
    const word = at > 0 ? text.slice(0, at) : "";
    return Object.hasOwn(WORDS, word) && WORDS[word] !== word ? WORDS[word] + text.slice(at) : null;
  };
  const attributes = (element) => NAMES.forEach((name) => {
    const text = element.getAttribute(name), found = italian(text) ?? titled(text);
    if (found !== null) element.setAttribute(name, found);
  });
  const texts = (node) => {
    if (node.parentElement?.closest(OURS) && !node.parentElement.closest(THEIRS)) return;
    const found = italian(node.nodeValue);
    if (found !== null) node.nodeValue = found;
  };
  const walk = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return texts(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) node.nodeType === Node.TEXT_NODE ? texts(node) : attributes(node);
  };
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === "attributes") attributes(change.target);
    else if (change.type === "characterData") texts(change.target);
    else change.addedNodes.forEach(walk);
  })).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
})();
