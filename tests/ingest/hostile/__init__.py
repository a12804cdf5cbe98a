"""Files that attack their reader, each made when it is needed: no hostile file is kept."""
