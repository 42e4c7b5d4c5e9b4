"""``python -m transparency_check``."""

from .cli import main

if __name__ == "__main__":
    main()
