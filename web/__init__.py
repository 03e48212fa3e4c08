"""The screens: server-rendered pages in Vietnamese, with an English switch."""
